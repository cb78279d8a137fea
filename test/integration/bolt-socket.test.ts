import { describe, expect, it } from 'vitest';
import { until } from '../support/delivering.ts';
import { APP_TOKEN, startTalk } from '../support/talking.ts';

const ASK = { command: '/pulse', userId: 'U1', channelId: 'C1', text: 'churn' };
const OPEN = 'apps.connections.open';

/** A clock on which a connection made a moment ago has lasted an hour. */
function createFastClock() {
  let ahead = 0;
  return {
    clock: () => Date.now() + ahead,
    anHourLater: () => {
      ahead += 3_600_000;
    },
  };
}

describe('a Socket Mode connection', () => {
  it('that Slack ends politely is replaced at once', async () => {
    const { clock, anHourLater } = createFastClock();
    const { slack, bolt, log } = await startTalk('socket', { clock });
    anHourLater();
    slack.disconnect();
    await until(() => log.lines.filter(({ message }) => message === 'connected to Slack').length === 2);
    expect(slack.connections).toBe(1);
    expect(bolt.connectedSince()).toBeDefined();
    expect((await slack.command(ASK)).messages).toMatchObject([{ text: 'You asked: churn' }]);
  });

  it('that is cut comes back when Slack does, and the process lives', async () => {
    const { clock, anHourLater } = createFastClock();
    const { slack, bolt, log } = await startTalk('socket', { clock });
    const fault = slack.fail({ method: OPEN, mode: { kind: 'reset' } });
    anHourLater();
    slack.cutSockets();
    await until(() => fault.hits === 1);
    expect(bolt.connectedSince()).toBeUndefined();
    await slack.whenConnected();
    expect((await slack.command(ASK)).ok).toBe(true);
    expect(log.asText()).toContain('could not be connected');
  });

  it('that fails at the start for a passing reason is made later', async () => {
    const { slack } = await startTalk('socket', {
      prepare: (simulated) => simulated.fail({ method: OPEN, mode: { kind: 'status', status: 503 } }),
    });
    expect(slack.calls(OPEN)).toHaveLength(2);
    expect(slack.connections).toBe(1);
  });

  it('is gone after stopping, and does not come back', async () => {
    const { slack, bolt } = await startTalk('socket');
    await bolt.stop();
    await until(() => slack.connections === 0);
    expect(slack.calls(OPEN)).toHaveLength(1);
    expect(bolt.connectedSince()).toBeUndefined();
  });

  it('does not come back either when the bot stops while Slack is away', async () => {
    const { clock, anHourLater } = createFastClock();
    const { slack, bolt, log } = await startTalk('socket', { clock });
    slack.fail({ method: OPEN, mode: { kind: 'reset' } });
    anHourLater();
    slack.cutSockets();
    await until(() => log.asText().includes('could not be connected'));
    await bolt.stop();
    expect(slack.calls(OPEN)).toHaveLength(2);
    expect(slack.connections).toBe(0);
  });

  it('serves the health routes only when a port is configured', async () => {
    const without = await startTalk('socket');
    expect(without.bolt.port()).toBeUndefined();
    const { bolt } = await startTalk('socket', {
      mode: { kind: 'socket', appToken: APP_TOKEN, healthPort: 0 },
    });
    const origin = `http://127.0.0.1:${bolt.port()}`;
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    expect((await fetch(`${origin}/slack/events`, { method: 'POST', body: 'ssl_check=1' })).status).toBe(404);
  });

  it('tells the log nothing of what went over it', async () => {
    const { slack, log } = await startTalk('socket');
    await slack.command({ ...ASK, text: 'acme-canary' });
    expect(log.asText()).not.toMatch(/acme-canary|xapp-|xoxb-|ticket=/);
  });
});
