import { describe, expect, it } from 'vitest';
import { createOutbox } from '../../../src/store/outbox.ts';
import { createSlots } from '../../../src/store/slots.ts';
import { createTold, type Telling } from '../../../src/store/told.ts';
import { entryOf, openDeliveryStore } from '../../support/delivery-store.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const DAY = 86_400_000;

function setUp() {
  const db = openDeliveryStore();
  const told = createTold(db);
  const tell = (key: string, telling: Partial<Telling>, at = NOW) =>
    told.tell(
      [entryOf({ key, kind: 'digest' })],
      { messageKey: key, subscriptionId: 'churn', week: '2026-03-08', knownAt: at - 1, ...telling },
      at,
    );
  return { db, told, tell, outbox: createOutbox(db), slots: createSlots(db) };
}

describe('what a digest told last', () => {
  it('is nothing before it told anything, and knows nothing of other subscriptions', async () => {
    const { tell, told } = setUp();
    await tell('a', { subscriptionId: 'churn elsewhere' });
    expect(await told.readLast('churn')).toBeUndefined();
  });

  it('is the telling of the newest week that knew most, whichever came last', async () => {
    const { tell, told } = setUp();
    await tell('tuesday', { knownAt: 10 });
    await tell('again on thursday', { knownAt: 20 }, NOW + 2 * DAY);
    await tell('an old week on friday', { week: '2026-01-04', knownAt: 30 }, NOW + 3 * DAY);
    expect(await told.readLast('churn')).toEqual({
      week: '2026-03-08',
      knownAt: 20,
      toldAt: NOW + 2 * DAY,
    });
  });

  it('is told by the period that is claimed, and by no other process that built it too', async () => {
    const { slots, told } = setUp();
    const claim = (key: string, knownAt: number) =>
      slots.claim('churn', '2026-03-17T09:00', NOW, [entryOf({ key })], NOW, {
        telling: { messageKey: key, subscriptionId: 'churn', week: '2026-03-08', knownAt },
      });
    expect([await claim('first', 10), await claim('second', 20)]).toEqual([true, false]);
    expect(await told.readLast('churn')).toMatchObject({ knownAt: 10 });
  });

  it('is not told again by a message that was enqueued before', async () => {
    const { tell, told } = setUp();
    expect(await tell('same', { knownAt: 10 })).toEqual({ added: 1 });
    expect(await tell('same', { knownAt: 20 })).toEqual({ added: 0 });
    expect(await told.readLast('churn')).toMatchObject({ knownAt: 10 });
  });

  it.each(['expired', 'refused', 'parked', 'baseline'])(
    'is not what a message that is %s would have told',
    async (state) => {
      const { db, tell, told } = setUp();
      await tell('before', { week: '2026-03-01', knownAt: 10 });
      await tell('never seen', { knownAt: 20 });
      expect(await told.readLast('churn')).toMatchObject({ knownAt: 20 });
      db.prepare('UPDATE outbox SET state = ? WHERE key = ?').run(state, 'never seen');
      expect(await told.readLast('churn')).toMatchObject({ week: '2026-03-01', knownAt: 10 });
    },
  );
});
