import { COMMANDS } from './commands/index.ts';
import type { Instant } from './domain/day.ts';
import type { Verdict } from './slack/access.ts';
import type { AskRequest } from './slack/answering.ts';
import { parseCommand } from './slack/parse-command.ts';
import type { Audit } from './store/audit.ts';

/** What kind of thing is asked: the first word of a command, else `lookup`. */
function topicOf({ source, text }: AskRequest): string {
  if (source === 'home') return 'home';
  if (source === 'shortcut') return 'lookup';
  const word = parseCommand(text).words[0]?.toLowerCase();
  if (word === undefined) return 'help';
  return COMMANDS.find(({ words }) => words.includes(word))?.words[0] ?? 'lookup';
}

/** What is looked up, however it is asked for; undefined for questions about nobody. */
function subjectOf({ text }: AskRequest, topic: string): string | undefined {
  if (topic !== 'lookup') return undefined;
  const words = parseCommand(text).words;
  const isNamed = COMMANDS.some((command) => command.words.includes(words[0]?.toLowerCase() ?? ''));
  return words.slice(isNamed ? 1 : 0).join(' ');
}

/** Notes who asked for what kind of thing, when, where and in which way, and whether they were let. */
export async function recordAttempt(
  audit: Pick<Audit, 'record'>,
  request: AskRequest,
  verdict: Verdict,
  at: Instant,
): Promise<void> {
  const { channelId, source, teamId, userId } = request;
  const topic = topicOf(request);
  const outcome = verdict.allowed
    ? { verdict: 'allowed' as const }
    : { verdict: 'refused' as const, reason: verdict.code };
  await audit.record({ at, teamId, userId, channelId, source, topic, ...outcome }, subjectOf(request, topic));
}
