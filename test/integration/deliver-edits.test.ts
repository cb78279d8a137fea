import { describe, expect, it } from 'vitest';
import type { FaultMode } from '../../demo/slack/faults.ts';
import type { OutboxEntry } from '../../src/store/outbox.ts';
import { entryOf, newDatabasePath } from '../support/delivery-store.ts';
import { deliverAll, startSender, startSlack } from '../support/delivering.ts';
import { createVirtualTime } from '../support/virtual-time.ts';

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

function edit(number: number, text: string, blocks = [section(text)]): OutboxEntry {
  const message = { text, blocks };
  return { ...entryOf({ key: `a/edit/${number}`, kind: 'reply', parentKey: 'a', message }), act: 'edit' };
}

/** A message that stands in the channel, and a sender that can change it. */
async function setUp() {
  const time = createVirtualTime();
  const slack = await startSlack({ clock: time.clock });
  const refused: string[] = [];
  const onRefused = ({ key }: { readonly key: string }): void => void refused.push(key);
  const sender = startSender(newDatabasePath(), slack, time, { onRefused });
  const message = { text: 'as it was', blocks: [section('as it was')] };
  await sender.outbox.enqueue([entryOf({ key: 'a', message })], time.clock());
  await sender.delivery.tick();
  return {
    time,
    slack,
    sender,
    refused,
    say: (...entries: OutboxEntry[]) => sender.outbox.enqueue(entries, time.clock()),
  };
}

describe('an edit', () => {
  it('changes the message in its place, keeps its hidden id, and posts nothing', async () => {
    const { say, sender, slack, time } = await setUp();
    const [before] = slack.messages();
    await say(edit(1, 'as it is'));
    await deliverAll(sender, time);
    const messages = slack.messages();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({ ts: before?.ts, text: 'as it is', blocks: [section('as it is')] });
    expect(messages[0]?.metadata).toEqual(before?.metadata);
    expect(slack.calls('chat.postMessage')).toHaveLength(1);
  });

  it('comes after what was enqueued before it, and before what was enqueued after', async () => {
    const { say, sender, slack, time } = await setUp();
    await say(entryOf({ key: 'b' }), edit(1, 'changed'), entryOf({ key: 'c' }));
    await deliverAll(sender, time);
    expect(
      slack
        .calls()
        .filter(({ method }) => method.startsWith('chat.'))
        .map(({ method }) => method),
    ).toEqual(['chat.postMessage', 'chat.postMessage', 'chat.update', 'chat.postMessage']);
  });

  it('to a message without blocks takes them away', async () => {
    const { say, sender, slack, time } = await setUp();
    await say(edit(1, 'words alone', []));
    await deliverAll(sender, time);
    expect(slack.messages()[0]).toMatchObject({ text: 'words alone', blocks: [] });
  });

  const doubts: readonly (readonly [string, FaultMode])[] = [
    ['is lost on the way back', { kind: 'reset', accept: true }],
    ['never arrives', { kind: 'reset', accept: false }],
    ['ends in a 500', { kind: 'status', status: 500 }],
    ['is rate limited', { kind: 'rate-limited', retryAfter: 7 }],
  ];
  it.each(doubts)('whose try %s is made again, until it stands', async (_, mode) => {
    const { say, sender, slack, time } = await setUp();
    slack.fail({ method: 'chat.update', times: 2, mode });
    await say(edit(1, 'as it is'));
    await deliverAll(sender, time);
    expect(slack.messages().map(({ text }) => text)).toEqual(['as it is']);
    expect(slack.calls('chat.update')).toHaveLength(3);
    expect(slack.calls('conversations.history')).toEqual([]);
    expect(await sender.outbox.readCounts()).toMatchObject({ sent: 2, possibleDuplicates: 0 });
  });

  it('in doubt gives its place to a newer one', async () => {
    const { say, sender, slack, time } = await setUp();
    slack.fail({ method: 'chat.update', times: 3, mode: { kind: 'reset', accept: true } });
    await say(edit(1, 'as it was for a moment'));
    await sender.delivery.tick();
    expect(await say(edit(2, 'as it is'))).toEqual({ added: 0, known: 1 });
    await deliverAll(sender, time);
    expect(slack.messages().map(({ text }) => text)).toEqual(['as it is']);
    expect(await sender.outbox.readRow('a/edit/2')).toBeUndefined();
  });

  it('with blocks that Slack refuses is made with the words alone', async () => {
    const { say, sender, slack, time } = await setUp();
    await say(edit(1, 'as it is', [{ type: 'no-such-block' } as never]));
    await deliverAll(sender, time);
    expect(slack.messages()[0]).toMatchObject({ text: 'as it is', blocks: [] });
  });

  it('of a message somebody deleted is given up in silence', async () => {
    const { refused, say, sender, slack, time } = await setUp();
    const fault = { kind: 'error', error: 'message_not_found' } as const;
    slack.fail({ method: 'chat.update', times: Infinity, mode: fault });
    await say(edit(1, 'as it is'));
    await deliverAll(sender, time);
    expect(await sender.outbox.readRow('a/edit/1')).toMatchObject({
      state: 'expired',
      reason: 'message_not_found',
    });
    expect(refused).toEqual([]);
    expect(slack.calls('chat.update')).toHaveLength(1);
  });

  it('waits with everything else while the token is dead', async () => {
    const { say, sender, slack, time } = await setUp();
    const dead = slack.fail({
      method: 'chat.update',
      times: 1,
      mode: { kind: 'error', error: 'token_revoked' },
    });
    await say(edit(1, 'as it is'), entryOf({ key: 'b' }));
    await sender.delivery.tick();
    expect([dead.hits, slack.messages().map(({ text }) => text)]).toEqual([1, ['as it was']]);
    await deliverAll(sender, time, { stepMs: 15 * 60_000 });
    expect(slack.messages().map(({ text }) => text)).toEqual(['as it is', 'text of b']);
  });
});

it('a reply that is to be seen is shown in the channel', async () => {
  const { say, sender, slack, time } = await setUp();
  const reply = entryOf({ key: 'a/thread/1', kind: 'reply', parentKey: 'a' });
  await say({ ...reply, act: 'broadcast' }, { ...reply, key: 'a/thread/2' });
  await deliverAll(sender, time);
  expect(slack.messages().map(({ isBroadcast }) => isBroadcast)).toEqual([false, true, false]);
});
