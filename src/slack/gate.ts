import {
  type AccessRules,
  type Asker,
  type AskerFacts,
  decideAccess,
  type Right,
  type Verdict,
} from './access.ts';
import type { createPace } from './pace.ts';

/** What the gate works with. */
export interface GateDeps {
  readonly rules: AccessRules;
  /** The bot's own workspace; empty while it is not known. */
  readonly teamId: () => string;
  readonly readFacts: (asker: Asker) => Promise<AskerFacts>;
  readonly pace: ReturnType<typeof createPace>;
  /** Hears of somebody who asks unusually much. */
  readonly onUnusual?: (asker: { readonly userId: string; readonly questions: number }) => Promise<void>;
}

/** The one place every command, click, form, shortcut, mention and Home view passes: the table, then the pace. */
export function createGate({ onUnusual, pace, readFacts, rules, teamId }: GateDeps) {
  /** By the table alone: nobody asks anything yet. */
  async function check({ channelId, teamId: team, userId }: Asker, right: Right = 'ask'): Promise<Verdict> {
    const who = { channelId, teamId: team, userId };
    return decideAccess(rules, teamId(), who, await readFacts(who), right);
  }

  /** Counts the question too. Who looks at the Home tab asks nothing. */
  async function decide(asker: Asker & { readonly source: string }): Promise<Verdict> {
    if (asker.source === 'home') return check(asker, 'see-home');
    const verdict = await check(asker);
    if (!verdict.allowed) return verdict;
    const { isAllowed, sentence = '', unusual } = pace.note(asker.userId);
    if (unusual !== undefined) await onUnusual?.({ userId: asker.userId, questions: unusual });
    return isAllowed ? verdict : { allowed: false, code: 'too_many', sentence };
  }

  return { check, decide };
}
