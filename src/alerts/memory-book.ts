import type { AlertSetting } from '../domain/alert-rules.ts';
import type { AlertBook, AlertFactRow, AlertMessageRow, AlertWrites } from '../store/alert-book.ts';

/** A book that is kept nowhere: for replays. */
export interface MemoryBook extends AlertBook {
  write(writes: Pick<AlertWrites, 'facts' | 'messages'>): void;
}

/** An empty book with these settings. */
export function createMemoryBook(settings: readonly AlertSetting[]): MemoryBook {
  const facts = new Map<string, AlertFactRow>();
  const messages = new Map<number, AlertMessageRow>();
  const byEntitlement = new Map<string, Set<string>>();
  const open = new Map<string, AlertFactRow>();

  function factsOf(names: readonly string[]): AlertFactRow[] {
    return names.flatMap((name) =>
      [...(byEntitlement.get(name) ?? [])].flatMap((key) => facts.get(key) ?? []),
    );
  }

  return {
    settings: () => settings,
    nextMessageId: () => messages.size + 1,
    factsAbout: (developerId, entitlements) =>
      factsOf(entitlements).filter((row) => row.developerId === developerId),
    openFacts: (developerId) =>
      [...open.values()].filter((row) => developerId === undefined || row.developerId === developerId),
    factsOfMessage: (id) => [...facts.values()].filter(({ messageId }) => messageId === id),
    message: (id) => messages.get(id),
    snoozesOver: (now) => [...messages.values()].filter(({ snoozed }) => snoozed && snoozed.until <= now),
    write(writes) {
      for (const message of writes.messages) messages.set(message.id, message);
      for (const fact of writes.facts) {
        facts.set(fact.key, fact);
        const keys = byEntitlement.get(fact.entitlement) ?? new Set();
        byEntitlement.set(fact.entitlement, keys.add(fact.key));
        if (fact.state === 'waiting' || fact.state === 'held' || fact.again) open.set(fact.key, fact);
        else open.delete(fact.key);
      }
    },
  };
}
