import { describe, expect, it } from 'vitest';
import { DIGESTS } from '../../src/digests/index.ts';
import type { SubscriptionPlan } from '../../src/domain/subscription-plan.ts';
import {
  placeProblemWords,
  placeRefused,
  postedNow,
  previewed,
  stateSet,
  subscribed,
  unsubscribed,
  wishProblem,
} from '../../src/messages/subscription-answers.ts';
import { schedulePreview, subscriptionForm } from '../../src/messages/subscription-form.ts';
import { subscriptionList } from '../../src/messages/subscription-list.ts';
import { nextDues } from '../../src/schedule/due.ts';
import { parseCron } from '../../src/schedule/cron.ts';
import { expectGolden, expectSendable } from '../support/golden.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

/** Four days before clocks in Berlin are set an hour forward. */
const NOW = Date.parse('2026-03-25T12:00:00Z');
const PLACE = { here: 'C0SALES', slash: '/pulse', now: NOW };

function plan(changes: Partial<SubscriptionPlan> = {}): SubscriptionPlan {
  const { cron = '0 9 * * 2', zone = 'Europe/Berlin' } = changes;
  return {
    ref: '0123456789',
    developerId: 'dev-1',
    hasOtherSpaces: false,
    channel: 'C0SALES',
    digest: 'churn',
    app: null,
    cron,
    zone,
    state: 'active',
    isDefault: false,
    createdBy: 'U0ADA',
    next: nextDues(parseCron(cron), zone, NOW, 3).map(({ dueAt }) => dueAt),
    ...changes,
  };
}

const APP = { appKey: 'com.acme.diagrams', name: 'Diagrams for Jira' };
const NAMES = ['U0ADA', 'C0SALES', 'C0OTHER'];
const choices = {
  digests: DIGESTS.map(({ id }) => id),
  apps: ['Diagrams for Jira', 'App 1'],
  spaces: ['dev-1', 'dev-2'],
};

describe('the list of subscriptions', () => {
  it('of a channel to which the defaults come', () => {
    const { createdBy: _, ...byDefault } = plan({ isDefault: true, zone: 'UTC' });
    const plans = DIGESTS.filter(({ isDefault }) => isDefault).map(({ id }) => ({
      ...byDefault,
      digest: id,
    }));
    expectGolden('subscriptions-defaults', subscriptionList(plans, PLACE, 3));
  });

  it('with several apps, zones and developer spaces, one paused, and a channel that Slack refuses', () => {
    const trouble = { reason: 'The bot is not a member of the channel.', fix: 'Type "/invite @<the bot>".' };
    const plans = [
      plan({ hasOtherSpaces: true, cron: '30 2 * * *' }),
      plan({
        hasOtherSpaces: true,
        developerId: 'dev-2',
        app: APP,
        zone: 'America/New_York',
        cron: '0 8 1 * *',
      }),
      plan({ hasOtherSpaces: true, state: 'paused' }),
      plan({ hasOtherSpaces: true, channel: 'C0OTHER', trouble, cron: '*/30 9 * * 1' }),
    ];
    const message = subscriptionList(plans, { ...PLACE, here: undefined });
    // Half past two does not exist on the 29th: it is the first moment after it.
    expect(JSON.stringify(message)).toContain('Thu 26 Mar 02:30, Fri 27 Mar 02:30, Sat 28 Mar 02:30');
    expectGolden('subscriptions-all', message, NAMES);
  });

  it('that has no place for all of their buttons has a menu', () => {
    const plans = DIGESTS.map(({ id }, index) => plan({ digest: id, ref: `000000000${index % 10}` }));
    expectGolden('subscriptions-many', subscriptionList(plans, PLACE), NAMES);
  });

  it('of a channel to which nothing comes', () => {
    expectGolden('subscriptions-none', subscriptionList([], PLACE));
  });

  it('can be sent whatever apps are called, and however many there are', () => {
    for (const [index, name] of hostileNames(60, 5).entries()) {
      const plans = Array.from({ length: index * 5 }, () => plan({ app: { appKey: 'a', name } }));
      expectSendable(subscriptionList(plans, PLACE), NAMES);
    }
  });
});

describe('the answers', () => {
  it('to who subscribed', () => {
    expectGolden('subscribed-new', subscribed('new', plan({ app: APP }), PLACE, false), NAMES);
    expectGolden(
      'subscribed-unseen',
      subscribed('changed', plan({ channel: 'C0OTHER' }), PLACE, true),
      NAMES,
    );
    expectGolden('subscribed-same', subscribed('same', plan(), PLACE, false), NAMES);
  });

  it('to who resumed, with what is not made up for', () => {
    expectGolden('subscription-resumed', stateSet(plan(), { isChanged: true, missed: 2 }, PLACE), NAMES);
    expect(stateSet(plan(), { isChanged: true, missed: 0 }, PLACE).text).toContain(
      'Nothing was due meanwhile.',
    );
    expect(stateSet(plan(), { isChanged: false, missed: 0 }, PLACE).text).toContain('was not paused');
  });

  it('to who unsubscribed a default, posted one twice, or previews one', () => {
    expectGolden('unsubscribed-default', unsubscribed(plan(), 'paused', '/pulse'));
    expectGolden('posted-known', postedNow(plan(), 'known', '/pulse'), NAMES);
    const built = { text: '6 of 53 left.', blocks: [{ type: 'divider' }] };
    expectGolden('subscription-preview', previewed(plan(), built), NAMES);
  });

  it('to words that cannot be read', () => {
    const problem = { what: 'zone', text: 'Europe/Berln', near: 'Europe/Berlin' } as const;
    expectGolden('subscribe-zone', wishProblem('/pulse', problem, choices));
    expectGolden('subscribe-words', wishProblem('/pulse', { what: 'words', text: '<!channel>' }, choices));
    expectGolden('subscribe-space', wishProblem('/pulse', { what: 'no space', text: '' }, choices));
  });

  it('to a channel that is none of ours', () => {
    for (const problem of ['absent', 'archived', 'shared', 'direct'] as const)
      expectGolden(`subscribe-${problem}`, placeRefused(placeProblemWords(problem)));
    expectGolden('subscribe-unknown-channel', placeRefused(placeProblemWords({ unknownName: 'sales' })));
  });
});

describe('the form', () => {
  const shared = {
    digests: DIGESTS,
    apps: [{ developerId: 'dev-1', app: APP }],
    spaces: ['dev-1'],
    next: plan().next,
  };
  const asMessage = ({ blocks, title }: ReturnType<typeof subscriptionForm>) => ({ text: title, blocks });

  it('of a new subscription', () => {
    const chosen = { channel: 'C0SALES', cron: '0 9 * * 2', zone: 'Europe/Berlin' };
    const form = subscriptionForm({ ...shared, command: 'subscribe', isNew: true, chosen });
    expectGolden('subscribe-form', asMessage(form), [], 'modal');
  });

  it('of one that is there, of one of several developer spaces, at a time that no menu has', () => {
    const chosen = { ...plan({ app: APP, cron: '15 7 * * 2,4' }) };
    const form = subscriptionForm({
      ...shared,
      spaces: ['dev-1', 'dev-2'],
      command: 'subscriptions edit 0123456789',
      isNew: false,
      chosen,
    });
    expectGolden('subscription-edit-form', asMessage(form), [], 'modal');
  });

  it('shows the next runs across the change of clocks, the hour unchanged', () => {
    const cron = '0 9 * * 0';
    const next = plan({ cron }).next;
    expect(next.map((at) => new Date(at).toISOString().slice(0, 16))).toEqual([
      '2026-03-29T07:00',
      '2026-04-05T07:00',
      '2026-04-12T07:00',
    ]);
    expect(JSON.stringify(schedulePreview({ cron, zone: 'Europe/Berlin' }, next))).toContain(
      'Sun 29 Mar 09:00, Sun 5 Apr 09:00, Sun 12 Apr 09:00 (Europe/Berlin)',
    );
    const early = plan({ cron: '30 2 * * 0' }).next;
    expect(new Date(early[0] ?? 0).toISOString()).toBe('2026-03-29T01:00:00.000Z');
  });
});
