import { expect, it } from 'vitest';
import { checkRotation } from '../../../src/cli/doctor/check-files.ts';

it.each<[string, Record<string, string>, RegExp]>([
  ['a variable', { MARKETPLACE_API_TOKEN: 'x' }, /from the environment; another one takes a restart/],
  [
    'a file',
    { MARKETPLACE_API_TOKEN_FILE: '/run/secrets/token' },
    /\/run\/secrets\/token is read again.* no restart is needed/,
  ],
  [
    'a file beside credentials of systemd',
    {
      MARKETPLACE_API_TOKEN_FILE: '/run/credentials-of-mine/token',
      CREDENTIALS_DIRECTORY: '/run/credentials',
    },
    /no restart is needed/,
  ],
  [
    'a credential of systemd',
    { MARKETPLACE_API_TOKEN_FILE: '/run/credentials/token', CREDENTIALS_DIRECTORY: '/run/credentials' },
    /a copy that systemd made at the start; another one takes a restart/,
  ],
])('a Marketplace token from %s is said to be renewed as it is', (_from, env, sentence) => {
  const { state, what } = checkRotation(env);
  expect(state).toBe('ok');
  expect(what).toMatch(sentence);
});
