import { describe, expect, it } from 'vitest';
import { DIGESTS } from '../../src/digests/index.ts';
import { readSituations, SITUATIONS } from '../situations/situation.ts';
import { expectGolden } from '../support/golden.ts';

describe.each(DIGESTS.map(({ id }) => id))('the digest %s', (id) => {
  it('is built in a quiet, a busy and an absurd week, and in one without history', async () => {
    expect(Object.keys((await readSituations(id)) ?? {})).toEqual(expect.arrayContaining([...SITUATIONS]));
  });

  it('explains itself by a button, in whatever situation', async () => {
    for (const build of Object.values((await readSituations(id)) ?? {})) {
      const buttons = build().blocks.flatMap(({ elements, type }) =>
        type === 'actions' ? (elements as { text: { text: string }; value: string }[]) : [],
      );
      expect(buttons.find(({ text }) => text.text === 'Explain')?.value).toBe(`explain ${id}`);
    }
  });

  it('reads in each situation as it did', async () => {
    for (const [name, build] of Object.entries((await readSituations(id)) ?? {})) {
      expectGolden(`${id}-${name}`, build());
    }
  });
});
