import { EXPLANATIONS } from '../digests/explained/index.ts';
import { DIGESTS } from '../digests/index.ts';
import type { Answer, Block, FormOutcome } from '../domain/message.ts';
import { nothingChanged } from '../messages/alert-answers.ts';
import { alerts } from './alerts.ts';
import { answerFinding, MOST_READ } from './answer-lookup.ts';
import type { Command, CommandContext, FormEntry } from './command.ts';
import { createDigestNow } from './digest.ts';
import { createDigestCommand } from './digest-command.ts';
import { evaluations } from './evaluations.ts';
import { createExplain } from './explain.ts';
import { createExport } from './export.ts';
import { findCustomer } from './find-customer.ts';
import { createHelp, listCommands } from './help.ts';
import { live } from './live.ts';
import { lookup } from './lookup.ts';
import { numbers } from './numbers.ts';
import { createPreview } from './preview.ts';
import { renewals } from './renewals.ts';
import { resolveCommand, suggestCommand } from './resolve-command.ts';
import { createShare } from './share.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';
import { sync } from './sync.ts';
import { unsubscribe } from './unsubscribe.ts';

const digests = DIGESTS.map(createDigestCommand);
const share = createShare(() => COMMANDS);

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly Command[] = [
  lookup,
  live,
  ...digests,
  renewals,
  evaluations,
  alerts,
  createExplain(DIGESTS, EXPLANATIONS),
  numbers,
  createPreview(digests),
  createDigestNow(digests, { share, subscriptions }),
  subscribe,
  subscriptions,
  unsubscribe,
  createExport(() => COMMANDS),
  share,
  status,
  sync,
  createHelp(() => COMMANDS),
];

/**
 * The answer to what was typed after the slash command: a command, whatever the order of its words, otherwise a lookup of
 * the whole text. Text that is neither gets a sentence that says what was searched and what else to type.
 */
export async function answerCommand(words: readonly string[], context: CommandContext): Promise<Answer> {
  if (words.length === 0) return listCommands(COMMANDS, context.slash);
  const resolved = await resolveCommand(words, COMMANDS, context);
  if (resolved?.isSure) return resolved.command.answer(resolved.words, context);
  const searched = words.join(' ');
  // "Status Labs" is a customer, if there is one of that name; other words after "status" say nothing.
  if (resolved && resolved.command.usage !== '') return resolved.command.answer(resolved.words, context);
  const suggestion = resolved ? undefined : await suggestCommand(words, COMMANDS, context);
  const isStrict = resolved !== undefined || suggestion !== undefined;
  const finding = await findCustomer(searched, context, { limit: MOST_READ, isStrict });
  if (resolved && finding.kind === 'nothing') return resolved.command.answer(resolved.words, context);
  return answerFinding(finding, searched, context, suggestion);
}

function formCommand(entries: readonly FormEntry[]): Command | undefined {
  const word = entries[0]?.words[0] ?? '';
  return COMMANDS.find(({ words }) => words.includes(word));
}

const withoutCommand = ({ words, ...entry }: FormEntry): FormEntry => ({ ...entry, words: words.slice(1) });

/** What comes of a form: its fields are commands of one kind, each named by its first word. */
export async function submitForm(
  entries: readonly FormEntry[],
  context: CommandContext,
): Promise<FormOutcome | undefined> {
  const changed = entries.filter(({ isKept }) => !isKept);
  if (changed.length === 0) return { message: nothingChanged() };
  return formCommand(entries)?.submit?.(changed.map(withoutCommand), context, entries.map(withoutCommand));
}

/** The block of a form that follows what is filled in; undefined where nothing does. */
export async function refreshForm(
  entries: readonly FormEntry[],
  context: CommandContext,
): Promise<Block | undefined> {
  return formCommand(entries)?.refresh?.(entries.map(withoutCommand), context);
}
