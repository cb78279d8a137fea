import { describe, expect, it } from 'vitest';
import { toMentionRequest, toShortcutRequest } from '../../../src/slack/message-payloads.ts';

const OWN = { teamId: 'T1', userId: 'UBOT' };
const MENTION = { user: 'U1', team: 'T1', channel: 'C1', ts: '1.1' };

describe('a mention asks', () => {
  it.each([
    ['<@UBOT> E-1', 'E-1'],
    ['<@UBOT|pulse> churn "App 1"', 'churn "App 1"'],
    ['who is E-1, <@UBOT>?', 'who is E-1,  ?'],
    ['<@UBOT>', ''],
    ['<@UBOT> what of <@U2>', 'what of <@U2>'],
  ])('%s: "%s"', (text, asked) => {
    expect(toMentionRequest({ ...MENTION, text }, OWN)?.text).toBe(asked);
  });

  it('as a member of the workspace it comes from', () => {
    const team = (more: object) => toMentionRequest({ ...MENTION, text: 'x', ...more }, OWN)?.teamId;
    expect(team({})).toBe('T1');
    expect(team({ user_team: 'T9' })).toBe('T9');
    expect(team({ team: undefined })).toBe('');
  });
});

describe('the shortcut asks', () => {
  const body = (message: object) =>
    ({
      type: 'message_action',
      user: { id: 'U1', name: 'ada', team_id: 'T1' },
      team: { id: 'T1', domain: 'x' },
      channel: { id: 'C1', name: 'one' },
      message,
    }) as never;

  it('about all words of a message: those of blocks, links and attachments too, ids and colours not', () => {
    const { text } = toShortcutRequest(
      body({
        text: 'New ticket',
        blocks: [
          { type: 'section', block_id: 'IN-1', text: { type: 'mrkdwn', text: 'from E-111-AAA-AAA-11A' } },
          {
            type: 'rich_text',
            elements: [{ elements: [{ type: 'link', url: 'https://acme.atlassian.net' }] }],
          },
        ],
        attachments: [{ color: 'SEN-9', fields: [{ title: 'SEN', value: 'SEN-123' }] }],
      }),
      OWN,
    );
    expect(text).toBe('New ticket from E-111-AAA-AAA-11A https://acme.atlassian.net SEN SEN-123');
  });

  it('about a message without words, and about the beginning of one without end', () => {
    expect(toShortcutRequest(body({}), OWN).text).toBe('');
    expect(toShortcutRequest(body({ text: 'x'.repeat(50_000) }), OWN).text).toHaveLength(4000);
  });
});
