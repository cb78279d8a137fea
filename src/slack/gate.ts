import { type AccessRules, type Asker, type AskerFacts, decideAccess, type Verdict } from './access.ts';
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
  return async function decide(asker: Asker & { readonly source: string }): Promise<Verdict> {
    const isHome = asker.source === 'home';
    const { channelId, teamId: team, userId } = asker;
    const who = { channelId, teamId: team, userId };
    const verdict = decideAccess(rules, teamId(), who, await readFacts(who), isHome ? 'see-home' : 'ask');
    // Who looks at the Home tab, or is filling in a form, asks nothing.
    if (!verdict.allowed || isHome || asker.source === 'change') return verdict;
    const { isAllowed, sentence = '', unusual } = pace.note(userId);
    if (unusual !== undefined) await onUnusual?.({ userId, questions: unusual });
    return isAllowed ? verdict : { allowed: false, code: 'too_many', sentence };
  };
}
