import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../demo/slack/validate-blocks.ts';
import type { Message } from '../../../src/domain/message.ts';
import { withDetails } from '../../../src/messages/details.ts';
import { message, section, threaded } from '../../../src/messages/kit/blocks.ts';
import { mrk } from '../../../src/messages/kit/escape.ts';
import { LIMITS, limitProblems } from '../../../src/messages/kit/limits.ts';
import { plainText } from '../../../src/messages/plain-text.ts';

const parent = message(mrk`Churn: 6 of 75 left.`, [section(mrk`Churn`)]);

function reply(words: string, length = 0): Message {
  return message(mrk`${words}`, [section(mrk`${words}`), section({ mrkdwn: `x${'x'.repeat(length)}` })]);
}

describe('the details of a digest', () => {
  it('are its replies in one message, with a way back', () => {
    const details = withDetails(threaded(parent, [reply('Who left'), reply('Why')]), 'churn "App 1"');
    expect(details.text).toBe('Details. Churn: 6 of 75 left.');
    expect(plainText(details)).toMatch(/^Who left\n\nx\n\nWhy\n\nx\n\n\[Back to the Digest\]$/);
    expect(JSON.stringify(details)).toContain('churn \\"App 1\\"');
  });

  it('of a digest without any say that there are none', () => {
    expect(plainText(withDetails(threaded(parent, []), 'churn'))).toContain(
      'There are no details behind this digest.',
    );
  });

  it.each([
    [5, '1 more list does not fit'],
    [7, '3 more lists do not fit'],
  ])('that are more than fit are told by their number: %d', (count, sentence) => {
    const replies = Array.from({ length: count }, (_, index) => reply(`List ${index}`, 1700));
    const details = withDetails(threaded(parent, replies), 'churn');
    expect(plainText(details)).toContain(sentence);
    expect([...limitProblems(details), ...validateBlocks(details.blocks)]).toEqual([]);
  });

  it('keep the sentence of the digest within its limit', () => {
    const long = { ...parent, text: `${'&amp;'.repeat(779)}.` };
    const details = withDetails(threaded(long, []), 'churn');
    expect(details.text.length).toBeLessThanOrEqual(LIMITS.text);
    expect(details.text).toMatch(/^Details\. (&amp;)+…$/);
  });
});
