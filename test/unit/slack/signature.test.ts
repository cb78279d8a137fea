import { describe, expect, it } from 'vitest';
import { isSignedBySlack } from '../../../src/slack/signature.ts';

// The example of Slack's documentation, "Verifying requests from Slack".
const SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
const BODY =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
const TIMESTAMP = '1531420618';
const SIGNATURE = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503';
const REQUEST = { timestamp: TIMESTAMP, signature: SIGNATURE, body: Buffer.from(BODY) };
const NOW = Number(TIMESTAMP) * 1000;

describe('a signature', () => {
  it("of Slack's own example is good, five minutes to either side", () => {
    for (const seconds of [-300, 0, 300]) {
      expect(isSignedBySlack(SECRET, REQUEST, NOW + seconds * 1000)).toBe(true);
    }
    for (const seconds of [-301, 301]) {
      expect(isSignedBySlack(SECRET, REQUEST, NOW + seconds * 1000)).toBe(false);
    }
  });

  it.each([
    ['another secret', 'x', REQUEST],
    ['an empty secret', '', REQUEST],
    ['another body', SECRET, { ...REQUEST, body: Buffer.from(`${BODY}&x=1`) }],
    ['another time', SECRET, { ...REQUEST, timestamp: String(Number(TIMESTAMP) + 1) }],
    ['another signature', SECRET, { ...REQUEST, signature: SIGNATURE.replace('v0=a', 'v0=b') }],
    ['a longer signature', SECRET, { ...REQUEST, signature: `${SIGNATURE}0` }],
    ['no signature', SECRET, { ...REQUEST, signature: undefined }],
    ['no time', SECRET, { ...REQUEST, timestamp: undefined }],
  ])('with %s is bad', (_what, secret, request) => {
    expect(isSignedBySlack(secret, request, NOW)).toBe(false);
  });
});
