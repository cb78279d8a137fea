import { describe, expect, it } from 'vitest';
import {
  createSubscriptions,
  subscriptionId,
  type SubscriptionInput,
} from '../../../src/store/subscriptions.ts';
import { createSlots } from '../../../src/store/slots.ts';
import { openDeliveryStore } from '../../support/delivery-store.ts';

const NOW = Date.parse('2026-03-10T09:00:00Z');
const INPUT: SubscriptionInput = {
  developerId: 'dev-1',
  channel: 'C1',
  digest: 'churn',
  appKey: null,
  cron: '0 9 * * 2',
  zone: 'UTC',
};

describe('subscriptions', () => {
  it('of the configuration are made equal to the list', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    await subscriptions.putEnvironment([INPUT, { ...INPUT, digest: 'renewal' }], NOW);
    await subscriptions.putEnvironment(
      [
        { ...INPUT, cron: '0 8 * * 1' },
        { ...INPUT, digest: 'new-sales' },
      ],
      NOW + 1,
    );
    expect((await subscriptions.list()).map(({ digest, cron, origin }) => [digest, cron, origin])).toEqual([
      ['churn', '0 8 * * 1', 'environment'],
      ['new-sales', '0 9 * * 2', 'environment'],
    ]);
  });

  it('do not change when the configuration does not', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    await subscriptions.putEnvironment([INPUT], NOW);
    await subscriptions.putEnvironment([INPUT], NOW + 1);
    expect(await subscriptions.list()).toMatchObject([{ createdAt: NOW, changedAt: NOW }]);
  });

  it('made or changed in Slack survive every configuration', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    await subscriptions.putEnvironment([INPUT], NOW);
    const changed = await subscriptions.put({ ...INPUT, cron: '0 7 * * 5' }, 'U1', NOW);
    await subscriptions.put({ ...INPUT, channel: 'C2' }, 'U1', NOW);
    expect(changed).toMatchObject({ origin: 'slack', createdBy: 'U1', cron: '0 7 * * 5', state: 'active' });
    for (const inputs of [[], [INPUT]]) {
      await subscriptions.putEnvironment(inputs, NOW + 1);
      expect((await subscriptions.list()).map(({ channel, cron }) => [channel, cron])).toEqual([
        ['C1', '0 7 * * 5'],
        ['C2', '0 9 * * 2'],
      ]);
    }
  });

  it('of the configuration are paused, not removed, and stay paused', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    await subscriptions.putEnvironment([INPUT], NOW);
    const id = subscriptionId(INPUT);
    expect(await subscriptions.remove(id, NOW)).toBe('paused');
    await subscriptions.putEnvironment([INPUT], NOW + 1);
    expect(await subscriptions.read(id)).toMatchObject({ state: 'paused' });
    expect(await subscriptions.setState(id, 'active', NOW + 2)).toBe(true);
    expect(await subscriptions.read(id)).toMatchObject({ state: 'active', changedAt: NOW + 2 });
  });

  it('made in Slack are removed, and what does not exist is not', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    const { id } = await subscriptions.put(INPUT, 'U1', NOW);
    expect(await subscriptions.remove(id, NOW)).toBe('removed');
    expect(await subscriptions.remove(id, NOW)).toBeUndefined();
    expect(await subscriptions.setState(id, 'paused', NOW)).toBe(false);
    expect(await subscriptions.list('C1')).toEqual([]);
  });

  it('that are the same are one, and are not touched', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    expect(await subscriptions.put(INPUT, 'U1', NOW)).toMatchObject({ outcome: 'new' });
    expect(await subscriptions.put(INPUT, 'U2', NOW + 1)).toMatchObject({
      outcome: 'same',
      createdBy: 'U1',
      changedAt: NOW,
    });
    expect(await subscriptions.put({ ...INPUT, zone: 'Asia/Tokyo' }, 'U2', NOW + 2)).toMatchObject({
      outcome: 'changed',
    });
    expect(await subscriptions.list()).toHaveLength(1);
  });

  it('resumed, or subscribed to anew, are known from then on: nothing due before is made up for', async () => {
    const db = openDeliveryStore();
    const subscriptions = createSubscriptions(db);
    const slots = createSlots(db);
    const { id } = await subscriptions.put(INPUT, 'U1', NOW);
    const knownAt = (now: number) => slots.know(id, `${INPUT.cron} ${INPUT.zone}`, now);
    expect(await knownAt(NOW)).toBe(NOW);
    await subscriptions.put(INPUT, 'U1', NOW + 1);
    expect(await subscriptions.setState(id, 'active', NOW + 1)).toBe(false);
    expect(await knownAt(NOW + 1)).toBe(NOW);
    await subscriptions.setState(id, 'paused', NOW + 2);
    expect(await knownAt(NOW + 2)).toBe(NOW);
    await subscriptions.setState(id, 'active', NOW + 3);
    expect(await knownAt(NOW + 4)).toBe(NOW + 3);
    await subscriptions.setState(id, 'paused', NOW + 5);
    expect(await subscriptions.put(INPUT, 'U1', NOW + 6)).toMatchObject({
      outcome: 'resumed',
      state: 'active',
    });
    expect(await knownAt(NOW + 7)).toBe(NOW + 6);
    await subscriptions.remove(id, NOW + 8);
    await subscriptions.put(INPUT, 'U1', NOW + 9);
    expect(await knownAt(NOW + 10)).toBe(NOW + 9);
  });

  it('of the configuration that were changed in Slack come back to it when they are ended there', async () => {
    const subscriptions = createSubscriptions(openDeliveryStore());
    await subscriptions.putEnvironment([INPUT], NOW);
    const { id } = await subscriptions.put({ ...INPUT, cron: '0 7 * * 5' }, 'U1', NOW);
    expect(await subscriptions.remove(id, NOW, true)).toBe('paused');
    await subscriptions.putEnvironment([INPUT], NOW + 1);
    expect(await subscriptions.list()).toMatchObject([
      { cron: INPUT.cron, origin: 'environment', state: 'paused' },
    ]);
  });

  it('are named after what they are about, whatever an app is called', () => {
    const names = [
      INPUT,
      { ...INPUT, appKey: 'com.acme.app' },
      { ...INPUT, appKey: '*:dev-1' },
      { ...INPUT, developerId: 'dev-2' },
      { ...INPUT, channel: 'C2' },
    ].map(subscriptionId);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toBe('churn:C1:*:dev-1');
    expect(names.join()).not.toContain('/');
  });
});
