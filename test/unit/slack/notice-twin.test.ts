import { describe, expect, it } from 'vitest';
import type { OwnMessage, OwnMessages } from '../../../src/slack/channel-reader.ts';
import { nameInstance, createTwinNotice, startOf } from '../../../src/slack/notice-twin.ts';
import { createVirtualTime } from '../../support/virtual-time.ts';

const MINUTE = 60_000;
const OTHER = '2026-03-10T08:00:00.000Z 89abcdef';

/** Channels in which messages come to stand, and somebody who looks into them. */
function setUp(channels: readonly string[] = ['C1']) {
  const time = createVirtualTime('2026-03-10T09:00:00Z');
  const own = nameInstance(time.clock());
  const standing = new Map<string, OwnMessage[]>();
  const asked: string[] = [];
  let offsetMs = 0;
  let posted: readonly string[] = [];
  let refused: OwnMessages | undefined;
  const notice = createTwinNotice({
    instance: own,
    channels,
    clock: () => time.clock() + offsetMs,
    clockOffsetMs: () => offsetMs,
    outbox: { readPostedChannels: async () => [...posted] },
    poster: {
      async readOwn(channel) {
        asked.push(channel);
        return refused ?? { kind: 'read', messages: standing.get(channel) ?? [] };
      },
    },
  });
  return {
    asked,
    notice,
    own,
    time,
    refuse: (answer: OwnMessages) => {
      refused = answer;
    },
    setOffset: (ms: number) => {
      offsetMs = ms;
    },
    setPosted: (list: readonly string[]) => {
      posted = list;
    },
    post: (instance: string | undefined, { at = time.clock(), channel = 'C1' } = {}) => {
      const message = { uuid: 'u', ts: (at / 1000).toFixed(6), ...(instance !== undefined && { instance }) };
      standing.set(channel, [message, ...(standing.get(channel) ?? [])]);
    },
    /** Looks every quarter of an hour, as the watch does. */
    lookFor: async (minutes: number) => {
      const seen = [];
      for (let left = minutes; left > 0; left -= 15) {
        time.advance(15 * MINUTE);
        seen.push(await notice.look());
      }
      return seen.filter((twin) => twin !== undefined);
    },
  };
}

describe('a second instance that posts as this bot', () => {
  it('is noticed once for what it posted, with when it started', async () => {
    const { lookFor, notice, own, post } = setUp();
    await notice.look();
    expect(await lookFor(60)).toEqual([]);
    post(own);
    post(OTHER);
    post(OTHER);
    expect(await lookFor(60)).toEqual([
      { channel: 'C1', messages: 2, startedAt: Date.parse('2026-03-10T08:00:00Z') },
    ]);
    post(OTHER);
    expect(await lookFor(60)).toHaveLength(1);
  });

  it('is noticed where it does not name itself, too', async () => {
    const { lookFor, notice, post } = setUp();
    await notice.look();
    await lookFor(15);
    post(undefined);
    expect(await lookFor(15)).toEqual([{ channel: 'C1', messages: 1 }]);
  });

  it('is named by where it posted last', async () => {
    const { lookFor, notice, post, time } = setUp(['C1', 'C2']);
    await notice.look();
    await lookFor(15);
    post(OTHER, { channel: 'C2' });
    time.advance(1000);
    post('2026-03-10T08:30:00.000Z 00000000', { channel: 'C1' });
    expect(await lookFor(15)).toMatchObject([
      { channel: 'C1', startedAt: Date.parse('2026-03-10T08:30:00Z') },
    ]);
  });

  it('is not seen in messages of the instance before this one, nor in an overlap of some minutes at either end', async () => {
    const { lookFor, notice, post, time } = setUp();
    post(OTHER, { at: time.clock() - MINUTE });
    await notice.look();
    post(OTHER, { at: time.clock() + 5 * MINUTE });
    expect(await lookFor(30)).toEqual([]);
    post(OTHER, { at: time.clock() - 4 * MINUTE });
    await notice.look();
    post(OTHER, { at: time.clock() + 11 * MINUTE });
    expect(await lookFor(15)).toMatchObject([{ messages: 1 }]);
    expect(await lookFor(15)).toMatchObject([{ messages: 1 }]);
  });

  it('is not seen in what was posted before the start, however wrong the clock is, and when it jumps', async () => {
    for (const wrongBy of [-60 * MINUTE, 60 * MINUTE]) {
      const { lookFor, notice, post, setOffset, time } = setUp();
      setOffset(wrongBy);
      post(OTHER, { at: time.clock() - MINUTE });
      await notice.look();
      expect(await lookFor(30)).toEqual([]);
      setOffset(0);
      expect(await lookFor(30)).toEqual([]);
      post(OTHER);
      expect(await lookFor(15)).toHaveLength(1);
    }
  });

  it('is looked for again after the clock went a day ahead and came back', async () => {
    const { lookFor, notice, post, time } = setUp();
    await notice.look();
    time.advance(24 * 60 * MINUTE);
    await notice.look();
    time.advance(-24 * 60 * MINUTE);
    await notice.look();
    await lookFor(15);
    post(OTHER);
    expect(await lookFor(15)).toHaveLength(1);
  });

  it('costs ten requests a look at most, the configured channels first', async () => {
    const { asked, lookFor, notice, setPosted } = setUp(['C1', 'C2', 'C1']);
    await notice.look();
    expect(asked).toEqual([]);
    setPosted(['C2', ...Array.from({ length: 20 }, (_, index) => `C${index + 10}`)]);
    await lookFor(15);
    expect(asked).toHaveLength(10);
    expect(asked.slice(0, 4)).toEqual(['C1', 'C2', 'C10', 'C11']);
  });

  it('is not spoken of where channels cannot be read', async () => {
    const { lookFor, notice, post, refuse } = setUp();
    await notice.look();
    refuse({ kind: 'unavailable' });
    post(OTHER);
    expect(await lookFor(60)).toEqual([]);
  });
});

describe('the name of an instance', () => {
  it('tells when it started and nothing else, and differs from that of another started then', () => {
    const at = Date.parse('2026-03-10T09:00:00.123Z');
    const name = nameInstance(at);
    expect(name).toMatch(/^2026-03-10T09:00:00\.123Z [0-9a-f]{8}$/);
    expect(startOf(name)).toBe(at);
    expect(nameInstance(at)).not.toBe(name);
  });

  it('tells no start where it is not such a name', () => {
    for (const text of [undefined, '', 'yesterday', '2026-03-10T09:00:00.123Z', `${OTHER} <!channel>`])
      expect(startOf(text)).toBeUndefined();
  });
});
