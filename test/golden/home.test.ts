import { describe, expect, it } from 'vitest';
import { ALERT_IDS } from '../../src/domain/alert-rules.ts';
import type { AlertsHere } from '../../src/messages/alert-settings.ts';
import { type Home, homeBlocks, homeSaying } from '../../src/messages/home.ts';
import { shared, sharing, withShareButton } from '../../src/messages/shared.ts';
import { expectGolden, expectHome, expectSendable } from '../support/golden.ts';
import { hostileNames } from '../unit/messages/kit/hostile-names.ts';

const NOW = Date.parse('2026-03-17T09:00:00Z');
const HOUR = 3_600_000;
const NEXT = Date.parse('2026-03-24T08:00:00Z');

function alerts(changes: Partial<AlertsHere> = {}): AlertsHere {
  return {
    channel: 'C0ALERTS1',
    isHome: true,
    rules: ALERT_IDS.map((rule) => ({
      rule,
      isOn: rule !== 'data-problem',
      thresholds: [
        { developerId: 'dev-1', threshold: { amount: 420_000, source: 'percentile', movements: 300 } },
      ] as never,
      apps: [],
    })),
    owners: [],
    held: 0,
    waiting: 0,
    zone: 'Europe/Berlin',
    ...changes,
  };
}

function home(changes: Partial<Home> = {}, status: Partial<Home['status']> = {}): Home {
  const dataset = (name: string, hours: number) => ({ dataset: name, goodAt: NOW - hours * HOUR });
  return {
    status: {
      spaces: [{ developerId: 'dev-1', datasets: [dataset('licenses', 0.5), dataset('churn', 5)] }],
      waiting: 0,
      refused: 0,
      parked: [],
      nextRuns: [],
      alerts: [alerts()],
      timeZone: 'Europe/Berlin',
      ...status,
    },
    slack: { kind: 'socket', connectedAt: NOW - 30 * HOUR },
    tokenExpires: '2026-08-01',
    subscriptions: [
      { digest: 'churn', channel: 'C0DIGEST', state: 'active', nextAt: NEXT, zone: 'Europe/Berlin' },
      {
        digest: 'funnel',
        channel: 'C0PRODUCT',
        app: 'Diagrams for Jira',
        state: 'paused',
        zone: 'Asia/Kolkata',
      },
    ],
    latest: [
      {
        digest: 'churn',
        channel: 'C0DIGEST',
        week: '2026-03-08',
        link: 'https://example.slack.com/archives/C0DIGEST/p1773738000000100',
      },
    ],
    snoozed: [{ channel: 'C0ALERTS1', alerts: 2, until: NOW + 20 * HOUR }],
    mayAsk: true,
    slash: '/pulse',
    today: '2026-03-17',
    now: NOW,
    ...changes,
  };
}

const SET_UP = {
  isImported: false,
  digestChannel: 'C0DIGEST',
  hasArrived: false,
  firstDigestAt: NEXT,
  zone: 'Europe/Berlin',
  isAnybodyNamed: false,
  slash: '/pulse',
};

describe('the Home tab', () => {
  it('says how everything is, what comes where and when, and where the newest digests are', () => {
    expectHome('home', homeBlocks(home()));
  });

  it('of a new installation lists what is done and what is left, in words', () => {
    const { tokenExpires: _, ...fresh } = home({ latest: [], snoozed: [], setUp: SET_UP });
    const blocks = homeBlocks({ ...fresh, status: { ...fresh.status, spaces: [] } });
    expect(JSON.stringify(blocks)).toContain('5 steps left.');
    expectHome('home-first-steps', blocks);
  });

  it('counts a step as done when it is', () => {
    const done = { ...SET_UP, isImported: true, hasArrived: true, isAnybodyNamed: true };
    const blocks = homeBlocks(home({ setUp: { ...done, tokenExpires: '2026-08-01' } }));
    expect(JSON.stringify(blocks)).toContain('1 step left.');
  });

  it('names what fails, what is parked with the fix, and a token about to expire', () => {
    const failing = { dataset: 'licenses', failedCode: 'API_UNAUTHORIZED', failedAt: NOW };
    const parked = [
      { channel: 'C0DIGEST', reason: 'the bot is not in the channel', fix: 'Type /invite @pulse in it.' },
    ];
    const troubled = home(
      { slack: { kind: 'socket' }, tokenExpires: '2026-03-29' },
      {
        spaces: [{ developerId: 'dev-1', datasets: [failing] }],
        waiting: 7,
        parked,
        alerts: [
          alerts({ hours: { from: 1200, to: 480 }, days: [1, 2], held: 3 }),
          alerts({
            channel: 'C0OPS',
            rules: alerts().rules.map((rule) => ({ ...rule, isOn: false, mutedUntil: NOW + HOUR })),
          }),
        ],
      },
    );
    expectHome('home-troubled', homeBlocks(troubled));
    expect(JSON.stringify(homeBlocks(home({ tokenExpires: '2026-03-01' })))).toContain('expired on');
  });

  it('stays one page with whatever names and however many of everything', () => {
    const names = hostileNames(300, 7);
    const subscriptions = Array.from({ length: 300 }, (_, index) => ({
      digest: 'churn',
      channel: `C0${index}`,
      app: names[index % names.length] ?? '',
      space: 'dev-1',
      state: 'active' as const,
      nextAt: NEXT,
      zone: 'America/Argentina/ComodRivadavia',
    }));
    const latest = subscriptions.map((one) => ({ ...one, week: '2026-03-08' as const }));
    const everywhere = subscriptions.map(({ channel }) => alerts({ channel }));
    const many = home({ subscriptions, latest }, { alerts: everywhere });
    const blocks = homeBlocks(many);
    expect(JSON.stringify(blocks)).toContain('and 275 more');
    expectHome('home-absurd', blocks);
  });

  it('shows no amount and no customer, and no buttons to those who may not ask by them', () => {
    expect(JSON.stringify(homeBlocks(home()))).not.toContain('$');
    const blocks = homeBlocks(home({ mayAsk: false }));
    expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });

  it('of somebody who may not see it says so and nothing else', () => {
    expectHome('home-refused', homeSaying('I answer full members of the workspace only, not guests.'));
  });
});

describe('a shared answer', () => {
  const answer = { text: 'Acme GmbH pays.', blocks: [{ type: 'divider' }] };

  it('says who shared it, and mentions nobody else', () => {
    expectGolden('shared', shared(answer, 'U0ROBIN'), ['U0ROBIN']);
    expectSendable(shared(answer, '<!channel>'));
  });

  it('is offered in the last row of buttons that has a place, otherwise in one of its own', () => {
    const rows = (count: number) => [
      { type: 'actions', elements: Array.from({ length: count }, () => ({ type: 'button' })) },
    ];
    const lengths = (count: number) =>
      withShareButton({ text: 'x', blocks: count === 0 ? [] : rows(count) }, 'churn').blocks.map(
        ({ elements }) => (elements as unknown[]).length,
      );
    expect([lengths(0), lengths(4), lengths(5)]).toEqual([[1], [5], [5, 1]]);
  });

  it('tells whoever shared what became of it', () => {
    for (const outcome of ['posted', 'known', 'not-here', 'nothing', 'what'] as const)
      expectGolden(`sharing-${outcome}`, sharing(outcome, '/pulse'));
  });
});
