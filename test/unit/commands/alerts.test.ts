import { describe, expect, it } from 'vitest';
import { createAlertDesk } from '../../../src/alerts/alert-desk.ts';
import { readAlertBasis } from '../../../src/alerts/alert-basis.ts';
import type { CommandContext } from '../../../src/commands/command.ts';
import { submitForm } from '../../../src/commands/index.ts';
import type { Answer } from '../../../src/domain/message.ts';
import { alertLine } from '../../../src/messages/alert-settings.ts';
import { textOf } from '../../../src/messages/kit/blocks.ts';
import { plainText } from '../../../src/messages/plain-text.ts';
import { parseCommand } from '../../../src/slack/parse-command.ts';
import type { Store } from '../../../src/store/store.ts';
import { FLOORS } from '../../support/alert-options.ts';
import { syncAlerts } from '../../support/alerting.ts';
import { aLicense, aLine } from '../../support/rows.ts';
import { openStore } from '../../support/store-on-disk.ts';
import { answerTo, asked, buttonsOf, contextOf, NOW } from './asking.ts';

const DAY = 86_400_000;

/** A partner with two apps, and one alert in C1: number 1. */
async function known(): Promise<Store> {
  const store = await openStore();
  const licenses = [
    aLicense(),
    aLicense({ appKey: 'app-2', name: 'Pages for Jira', aliases: { appEntitlementNumber: 'E-2' } }),
  ];
  await syncAlerts(store, NOW - DAY, { licenses: { kind: 'licenses', rows: licenses } }, { silent: true });
  await syncAlerts(store, NOW - DAY + 1, { transactions: { kind: 'lines', rows: [] } }, { silent: true });
  await readAlertBasis(store, 'dev-1', '2026-03-17');
  const sale = aLine({ saleDate: '2026-03-16', lastUpdated: '2026-03-16', vendorAmount: 500_000 });
  await syncAlerts(store, NOW - 3_600_000, { transactions: { kind: 'lines', rows: [sale] } });
  return store;
}

const settings = async (store: Store): Promise<unknown> =>
  (await store.alerts.readSettings()).map((setting) => {
    const { channel, ...rest } = setting;
    return channel === 'C1' ? rest : setting;
  });

describe('alerts', () => {
  it('shows what the channel hears, and how to change it', async () => {
    const store = await known();
    const text = await asked(store, 'alerts');
    expect(text).toContain('9 rules on here');
    expect(text).toContain('large-transaction: from $1,000 (the lowest threshold)');
    expect(text).toContain('big-evaluation: from 500 users (the default)');
    expect(text).toContain('Off: data-problem');
    expect(buttonsOf(await answerTo(store, 'alerts'))).toEqual({ 'Change Settings': 'alerts form' });
  });

  it('of a channel that hears nothing says so', async () => {
    const store = await known();
    const text = await asked(store, 'alerts', { asker: { userId: 'U1', channelId: 'C7' } });
    expect(text).toContain('No alert comes to this channel.');
  });

  it('belong to channels: in a direct message it says where to ask', async () => {
    const store = await known();
    for (const words of ['alerts', 'alerts refund off', 'alerts form'])
      expect(await asked(store, words, { asker: { userId: 'U1', channelId: 'D7' } })).toContain(
        'Alerts belong to channels',
      );
    expect(await settings(store)).toEqual([]);
  });

  it('are set as typed, for all apps or one, and show what is set then', async () => {
    const store = await known();
    expect(await asked(store, 'alerts refund off')).toMatch(/^Set\. 8 rules on here|Alerts here/);
    expect(await asked(store, 'alerts upgrade 2.5k')).toContain(
      'upgrade: from $2,500 a year (set in this channel)',
    );
    expect(await asked(store, 'alerts upgrade 9k pages')).toContain('Pages for Jira from $9,000');
    expect(await settings(store)).toEqual([
      { kind: 'rule', rule: 'refund', app: '', isOn: false },
      { kind: 'rule', rule: 'upgrade', app: '', isOn: true, threshold: 250_000 },
      { kind: 'rule', rule: 'upgrade', app: 'app-2', isOn: true, threshold: 900_000 },
    ]);
  });

  it('name an app that is none, and set nothing', async () => {
    const store = await known();
    const text = await asked(store, 'alerts refund off "Diagrams"');
    expect(text).toContain('I took "Diagrams" for an app, but none of yours is called so.');
    expect(text).toContain('App 1, Pages for Jira');
    expect(await settings(store)).toEqual([]);
  });

  it.each([
    ['alerts everything off', 'I took "everything off" for a rule'],
    ['alerts refund', 'I need what to do with the rule here'],
    ['alerts quiet at night', 'for quiet hours'],
    ['alerts handled it', 'for the number of an alert'],
    ['alerts refund <!channel>', '"<!channel>"'],
  ])('explain what they took for what: %s', async (typed, words) => {
    expect(await asked(await known(), typed)).toContain(words);
  });

  it('mention an owner only when somebody asks for it', async () => {
    const store = await known();
    expect(await asked(store, 'alerts owner me region EMEA')).toContain(
      '<@U1> is mentioned in alerts from EMEA',
    );
    expect(await asked(store, 'alerts owner nobody region EMEA')).not.toContain('is mentioned');
  });
});

describe('an alert', () => {
  it('is marked as handled, once', async () => {
    const store = await known();
    expect(await asked(store, 'alerts handled 1')).toContain('Marked as handled');
    expect(await asked(store, 'alerts handled 1')).toContain('Somebody marked it handled already');
    expect(await asked(store, 'alerts reopen 1')).toContain('It is open again');
    expect(await asked(store, 'alerts handled 2')).toContain(
      'I know no alert of that number in this channel',
    );
  });

  it('of another channel is out of reach', async () => {
    const store = await known();
    const elsewhere = { asker: { userId: 'U1', channelId: 'C2' } };
    expect(await asked(store, 'alerts handled 1', elsewhere)).toContain('I know no alert of that number');
  });

  it.each([
    ['1d', 'Wed 18 Mar 09:00 UTC'],
    ['1w', 'Tue 24 Mar 09:00 UTC'],
    ['2026-04-01', 'Wed 1 Apr 09:00 UTC'],
    ['until tomorrow', 'Wed 18 Mar 09:00 UTC'],
  ])('is snoozed for %s', async (time, until) => {
    expect(await asked(await known(), `alerts snooze 1 ${time}`)).toContain(`Snoozed until ${until}`);
  });

  it('is snoozed until a day that a form asks for', async () => {
    const store = await known();
    const { form } = (await answerTo(store, 'alerts snooze 1')) as Answer;
    expect(form).toMatchObject({
      title: 'Snooze until',
      blocks: [{ block_id: 'alerts snooze 1', element: { initial_date: '2026-03-18' } }],
    });
    const outcome = await submit(store, { 'alerts snooze 1': 'alerts snooze 1 2026-03-20' });
    expect('message' in outcome && plainText(outcome.message)).toContain(
      'Snoozed until Fri 20 Mar 09:00 UTC',
    );
  });
});

async function submit(
  store: Store,
  fields: Readonly<Record<string, string>>,
  changes: Partial<CommandContext> = {},
) {
  const entries = Object.entries(fields).map(([id, text]) => ({ id, words: parseCommand(text).words }));
  const outcome = await submitForm(entries, contextOf(store, changes));
  if (!outcome) throw new Error('no form');
  return outcome;
}

describe('the form', () => {
  it('shows every rule as somebody would type it', async () => {
    const store = await known();
    await asked(store, 'alerts refund off');
    await asked(store, 'alerts upgrade 2500');
    await asked(store, 'alerts quiet 20-8');
    await asked(store, 'alerts days mon-fri');
    await asked(store, 'alerts owner <@U0777|ada>');
    const { form } = (await answerTo(store, 'alerts form')) as Answer;
    const initials = form?.blocks.map(({ block_id: id, element }) => {
      const { initial_user: user, initial_value: value } = element as Record<string, unknown>;
      return [id, value ?? user];
    });
    expect(Object.fromEntries(initials ?? [])).toMatchObject({
      'alerts large-transaction': 'on',
      'alerts refund': 'off',
      'alerts upgrade': '$2,500',
      'alerts quiet': '20:00-08:00',
      'alerts days': 'Mon, Tue, Wed, Thu, Fri',
      'alerts owner': 'U0777',
    });
  });

  it('reads back what it shows', async () => {
    const store = await known();
    await asked(store, 'alerts upgrade 2500');
    await asked(store, 'alerts big-evaluation 1200');
    await asked(store, 'alerts quiet 20:30-8');
    await asked(store, 'alerts days sat-mon');
    await asked(store, 'alerts owner <@U0777|ada>');
    const before = await settings(store);
    const { form } = (await answerTo(store, 'alerts form')) as Answer;
    const fields = (form?.blocks ?? []).flatMap(({ block_id: id, element }) => {
      const { initial_user: user, initial_value: value } = element as Record<string, unknown>;
      const shown = value ?? user;
      return typeof shown === 'string' && shown !== 'on' && shown !== 'off'
        ? [[String(id), `${String(id)} ${shown}`]]
        : [];
    });
    expect(fields.length).toBe(5);
    await submit(store, Object.fromEntries(fields) as Record<string, string>);
    expect(await settings(store)).toEqual(before);
  });

  it('sets several things at once, and says what the channel hears then', async () => {
    const store = await known();
    const outcome = await submit(store, {
      'alerts refund': 'alerts refund off',
      'alerts upgrade': 'alerts upgrade $500',
      'alerts quiet': 'alerts quiet 20-8',
    });
    expect('message' in outcome && plainText(outcome.message)).toContain('Set. 8 rules on here');
    expect(await settings(store)).toHaveLength(3);
  });

  it('empties what is emptied', async () => {
    const store = await known();
    await asked(store, 'alerts upgrade 500');
    await asked(store, 'alerts quiet 20-8');
    await asked(store, 'alerts owner me');
    await submit(store, {
      'alerts upgrade': 'alerts upgrade default',
      'alerts quiet': 'alerts quiet default',
      'alerts days': 'alerts days default',
      'alerts owner': 'alerts owner default',
    });
    const here = await asked(store, 'alerts');
    expect(here).toContain('upgrade: from $1,000 a year (the lowest threshold)');
    expect(here).not.toMatch(/quiet from|is mentioned|only on/);
  });

  it('says beside each field what is wrong, and sets nothing at all', async () => {
    const store = await known();
    const outcome = await submit(store, {
      'alerts refund': 'alerts refund maybe',
      'alerts quiet': 'alerts quiet at night',
      'alerts upgrade': 'alerts upgrade 500',
    });
    expect(outcome).toEqual({
      errors: {
        'alerts refund': expect.stringContaining('maybe'),
        'alerts quiet': 'I took "at night" for quiet hours, but cannot read it.',
      },
    });
    expect(await settings(store)).toEqual([]);
  });

  it('that was changed nowhere changes nothing', async () => {
    const store = await known();
    expect(await submit(store, {})).toMatchObject({ message: { text: 'Nothing was changed.' } });
  });
});

it('status says what every channel hears', async () => {
  const store = await known();
  await asked(store, 'alerts upgrade 500', { asker: { userId: 'U1', channelId: 'C5' } });
  const { alerts } = contextOf(store);
  expect((await alerts.readHere('C5')).rules.filter(({ isOn }) => isOn).map(({ rule }) => rule)).toEqual([
    'upgrade',
  ]);
});

describe('alerts of several developer spaces', () => {
  it('name apps of all of them, and the threshold of each where they differ', async () => {
    const store = await known();
    const app = { appKey: 'app-3', name: 'Forms for Jira' };
    const large = { ...FLOORS, 'large-transaction': { amount: 420_000, source: 'floor', movements: 0 } };
    await store.meta.record('alert-basis:dev-2', JSON.stringify({ thresholds: large, apps: [app] }));
    const alerts = createAlertDesk({
      store,
      developerIds: ['dev-1', 'dev-2'],
      channels: { alert: 'C1', ops: 'C9' },
      zone: 'UTC',
      clock: () => NOW,
    });
    await alerts.set('C1', [{ kind: 'rule', rule: 'refund', app: 'app-3', isOn: false }], 'U1');
    const text = await asked(store, 'alerts', { alerts });
    expect(text).toContain(
      'large-transaction: from $1,000 (the lowest threshold) in dev-1, from $4,200 (the lowest threshold) in dev-2',
    );
    expect(text).toContain('upgrade: from $1,000 a year (the lowest threshold)\n');
    expect(text).toContain('Forms for Jira off');
    const [here] = await alerts.readEverywhere();
    expect(here && textOf(alertLine(here))).toContain(
      'large-transaction from $1,000 in dev-1 or $4,200 in dev-2',
    );
  });
});
