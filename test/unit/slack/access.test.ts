import { describe, expect, it } from 'vitest';
import { type AccessRules, type AskerFacts, decideAccess } from '../../../src/slack/access.ts';

const OWN = 'T1';
const OPEN: AccessRules = { channels: ['C1', 'C2'] };
const CLOSED: AccessRules = { channels: ['C1'], users: ['U1'] };

function ask(rules: AccessRules, user: string, channel: string, team = OWN, facts: AskerFacts = {}): string {
  const verdict = decideAccess(rules, OWN, { userId: user, channelId: channel, teamId: team }, facts);
  return verdict.allowed ? 'allowed' : verdict.code;
}

describe('who may ask, and where', () => {
  it.each([
    ['everyone, in an allowed channel', OPEN, 'U9', 'C1', 'allowed'],
    ['everyone, elsewhere', OPEN, 'U9', 'C9', 'channel_not_allowed'],
    ['everyone, in a direct message', OPEN, 'U9', 'D9', 'channel_not_allowed'],
    ['a listed person in an allowed channel', CLOSED, 'U1', 'C1', 'allowed'],
    ['a listed person elsewhere', CLOSED, 'U1', 'C2', 'channel_not_allowed'],
    ['a listed person in a direct message', CLOSED, 'U1', 'D9', 'allowed'],
    ['a listed person in a group message', CLOSED, 'U1', 'G9', 'channel_not_allowed'],
    ['somebody else in an allowed channel', CLOSED, 'U2', 'C1', 'user_not_allowed'],
    ['somebody else in a direct message', CLOSED, 'U2', 'D9', 'user_not_allowed'],
    ['nobody', OPEN, '', 'C1', 'unknown_user'],
    ['nowhere', OPEN, 'U1', '', 'channel_not_allowed'],
    ['anyone, when nothing is configured', { channels: [] }, 'U1', 'C1', 'channel_not_allowed'],
    ['an empty list of users is no list', { channels: ['C1'], users: [] }, 'U9', 'C1', 'allowed'],
  ] as const)('%s', (_who, rules, user, channel, expected) => {
    expect(ask(rules, user, channel)).toBe(expected);
  });

  it.each([
    ['another workspace', 'T2', {}, 'other_workspace'],
    ['an unknown workspace', '', {}, 'other_workspace'],
    ['a guest', OWN, { isGuest: true }, 'guest'],
    ['a shared channel', OWN, { isExternallyShared: true }, 'shared_channel'],
    ['an unanswered question about the asker', OWN, { isUnconfirmed: true }, 'unconfirmed'],
    ['a full member in an unshared channel', OWN, { isGuest: false, isExternallyShared: false }, 'allowed'],
  ] as const)('%s decides for listed people too', (_what, team, facts, expected) => {
    expect(ask(CLOSED, 'U1', 'C1', team, facts)).toBe(expected);
  });

  it.each([
    ['a listed person', CLOSED, {}, 'D9', 'ask see-contacts see-home'],
    ['a listed person in an allowed channel', CLOSED, {}, 'C1', 'none'],
    ['a member, where nobody is listed', OPEN, { isGuest: false }, 'D9', 'see-home'],
    ['somebody who may be a guest', OPEN, {}, 'D9', 'none'],
    [
      'a member of an allowed group',
      { channels: [], groups: ['S1'] },
      { isInGroup: true },
      'D9',
      'ask see-contacts see-home',
    ],
    ['somebody outside that group', { channels: [], groups: ['S1'] }, { isInGroup: false }, 'D9', 'none'],
    [
      'somebody, while that group cannot be read',
      { channels: [], groups: ['S1'] },
      { isUnconfirmed: true },
      'D9',
      'none',
    ],
  ] as const)('the Home tab, asked for by %s', (_who, rules, facts, channelId, rights) => {
    const asker = { userId: 'U1', channelId, teamId: OWN };
    const verdict = decideAccess(rules, OWN, asker, facts, 'see-home');
    expect(verdict.allowed ? verdict.rights.join(' ') : 'none').toBe(rights);
  });

  it('contacts are for listed people only, and sharing for listed channels', () => {
    const rightsOf = (rules: AccessRules, channelId: string) => {
      const verdict = decideAccess(rules, OWN, { userId: 'U1', channelId, teamId: OWN });
      return verdict.allowed ? verdict.rights : [];
    };
    expect(rightsOf(OPEN, 'C1')).toEqual(['ask', 'share']);
    expect(rightsOf(CLOSED, 'C1')).toEqual(['ask', 'see-contacts', 'share']);
    expect(rightsOf(CLOSED, 'D1')).not.toContain('share');
  });

  it('nobody, before the bot knows its own workspace', () => {
    const asker = { userId: 'U1', channelId: 'C1', teamId: '' };
    expect(decideAccess(OPEN, '', asker)).toMatchObject({ allowed: false });
  });

  it('no refusal names people, channels or workspaces, and each is one sentence', () => {
    const facts: AskerFacts[] = [
      {},
      { isGuest: true },
      { isExternallyShared: true },
      { isUnconfirmed: true },
    ];
    for (const user of ['U1', 'U2', '']) {
      for (const channel of ['C1', 'C9', 'D9']) {
        for (const team of [OWN, 'T2']) {
          for (const fact of facts) {
            const verdict = decideAccess(
              CLOSED,
              OWN,
              { userId: user, channelId: channel, teamId: team },
              fact,
            );
            const sentence = verdict.allowed ? 'Fine.' : verdict.sentence;
            expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
            expect(sentence).not.toMatch(/[UCDT]\d/);
          }
        }
      }
    }
  });
});
