import type { Clock } from '../domain/clock.ts';
import { type AccessRules, type Asker, type AskerFacts, decideAccess, type Verdict } from './access.ts';
import { createRate } from './rate.ts';

/** What the gate works with. */
export interface GateDeps {
  readonly rules: AccessRules;
  /** The bot's own workspace; empty while it is not known. */
  readonly teamId: () => string;
  readonly readFacts: (asker: Asker) => Promise<AskerFacts>;
  readonly clock: Clock;
}

/** The one place every command, click, form, shortcut, mention and Home view passes: the table, then the rate. */
export function createGate({ clock, readFacts, rules, teamId }: GateDeps) {
  const rate = createRate(clock);
  return async function decide(asker: Asker & { readonly source: string }): Promise<Verdict> {
    const isHome = asker.source === 'home';
    const facts = await readFacts(asker);
    const verdict = decideAccess(rules, teamId(), asker, facts, isHome ? 'see-home' : 'ask');
    // Who opens the Home asks nothing, and opens it by looking at any tab of the app.
    if (!verdict.allowed || isHome) return verdict;
    return rate.take(asker.userId) ?? verdict;
  };
}
