import { expect, it } from 'vitest';
import { createOncePerReason } from '../../../src/slack/once-per-reason.ts';
import { createLogBook } from '../../support/log-book.ts';

it('what fails again and again is one line for each reason, until it goes well', async () => {
  const log = createLogBook();
  const trying = createOncePerReason(log);
  const outcomes = ['full', 'full', 'locked', 'full', undefined, 'full'];
  for (const outcome of outcomes)
    await trying('a lane', 'it failed', async () => {
      if (outcome !== undefined) throw new Error(outcome);
    });
  await trying('another', 'it failed', () => Promise.reject(new Error('full')));
  expect(log.lines.map(({ fields, message }) => [message, fields['lane'], fields['error']])).toEqual([
    ['it failed', 'a lane', 'full'],
    ['it failed', 'a lane', 'locked'],
    ['it failed', 'a lane', 'full'],
    ['it failed', 'a lane', 'full'],
    ['it failed', 'another', 'full'],
  ]);
});
