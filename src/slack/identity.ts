import type { WebClient } from '@slack/web-api';
import { PulseError, reasonOf } from '../domain/errors.ts';
import { outcomeOf } from './outcome.ts';
import type { Wait } from './wait.ts';

/** Who the bot is, as `auth.test` answers. */
export interface Identity {
  readonly teamId: string;
  readonly teamName?: string;
  /** The workspace's address, `https://example.slack.com/`. */
  readonly url?: string;
  readonly enterpriseId?: string;
  readonly userId: string;
  readonly botId?: string;
  /** The granted scopes (header `x-oauth-scopes`); absent when Slack did not say. */
  readonly scopes?: readonly string[];
}

const TRIES = 3;

function refused(code: string): PulseError {
  if (code === 'missing_scope')
    return new PulseError(
      'SLACK_SCOPE_MISSING',
      'SLACK_BOT_TOKEN lacks a scope: add chat:write and commands and install the app again.',
    );
  return new PulseError(
    'SLACK_TOKEN_REFUSED',
    `Slack refuses SLACK_BOT_TOKEN (${code}): install the app in the workspace again and set the new bot token.`,
  );
}

function checkScopes(scopes: readonly string[]): void {
  if (scopes.includes('chat:write')) return;
  throw new PulseError(
    'SLACK_SCOPE_MISSING',
    'SLACK_BOT_TOKEN lacks the scope chat:write: add it under OAuth & Permissions and install the app again.',
  );
}

async function testToken(client: WebClient): Promise<Identity> {
  const answer = await client.auth.test();
  const scopes = answer.response_metadata?.scopes;
  if (scopes) checkScopes(scopes);
  return {
    teamId: answer.team_id ?? '',
    ...(answer.team && { teamName: answer.team }),
    ...(answer.url && { url: answer.url }),
    ...(answer.enterprise_id && { enterpriseId: answer.enterprise_id }),
    userId: answer.user_id ?? '',
    ...(answer.bot_id && { botId: answer.bot_id }),
    ...(scopes && { scopes }),
  };
}

/**
 * Asks Slack whom the token belongs to: Bolt itself starts without looking and fails at the first slash command.
 * Throws SLACK_TOKEN_REFUSED, SLACK_SCOPE_MISSING, or SLACK_UNREACHABLE after three tries.
 */
export async function fetchIdentity(client: WebClient, wait: Wait): Promise<Identity> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await testToken(client);
    } catch (error) {
      if (error instanceof PulseError) throw error;
      const outcome = outcomeOf({ error });
      if (outcome.kind === 'dead') throw refused(outcome.code);
      if (outcome.kind === 'in-doubt' && outcome.code.startsWith('not_allowed')) throw refused(outcome.code);
      if (tries >= TRIES) {
        throw new PulseError(
          'SLACK_UNREACHABLE',
          `Slack cannot be reached (${reasonOf(error).slice(0, 120)}). Check the network and SLACK_API_URL.`,
          { cause: error },
        );
      }
      await wait(1000 * tries);
    }
  }
}
