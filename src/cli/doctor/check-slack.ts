import { WebClient } from '@slack/web-api';
import type { StartConfig } from '../../config/read-config.ts';
import { PulseError, reasonOf } from '../../domain/errors.ts';
import { fetchIdentity } from '../../slack/identity.ts';
import { outcomeOf } from '../../slack/outcome.ts';
import { wait } from '../../slack/wait.ts';
import { attempt, type Finding, fine, note, problem } from './finding.ts';

/** What optional scopes would give. */
export const OPTIONAL_SCOPES: Readonly<Record<string, string>> = {
  'channels:read': 'tells archived and shared public channels before posting',
  'groups:read': 'the same for private channels',
  'channels:history':
    'settles whether a message arrived after a broken connection, and notices a second instance of the bot, in public channels',
  'groups:history': 'the same in private channels',
  'users:read': 'recognises guests, and shows the Home tab to members where nobody is named',
  'usergroups:read': 'lets members of PULSE_ALLOWED_USERGROUPS ask',
  'app_mentions:read': 'answers when somebody mentions it, in threads too',
  'files:write': 'sends CSV files to whoever asks',
  'im:write': 'opens the direct message those files go to',
};
const NEEDED_SCOPES = ['commands', 'chat:write'];
const CLOCK_WRONG_FROM_S = 60;

function checkScopes(scopes: readonly string[]): Finding[] {
  const missing = Object.entries(OPTIONAL_SCOPES).filter(([scope]) => !scopes.includes(scope));
  const extra = scopes.filter((scope) => !NEEDED_SCOPES.includes(scope) && !(scope in OPTIONAL_SCOPES));
  return [
    fine(`Slack scopes: ${scopes.join(', ')}`),
    ...(scopes.includes('commands')
      ? []
      : [
          note(
            'The scope commands is not granted',
            'Add it and install the app again: no slash command works without.',
          ),
        ]),
    ...missing.map(([scope, use]) =>
      note(
        `Optional scope ${scope} is not granted: it ${use}`,
        'Add it and install the app again, if you want that.',
      ),
    ),
    ...(extra.length > 0
      ? [note(`Scopes nothing here uses: ${extra.join(', ')}`, 'Remove them: a stolen token could use them.')]
      : []),
  ];
}

async function checkChannel(client: WebClient, channel: string): Promise<Finding> {
  const what = `Slack channel ${channel}`;
  try {
    const { channel: found } = await client.conversations.info({ channel });
    const name = `${what} (#${found?.name ?? 'unnamed'})`;
    if (found?.is_archived) return note(`${name} is archived`, 'Unarchive it, or configure another one.');
    if (!found?.is_member) return note(`${name}: the bot is not in it`, 'Type /invite @Pulse there.');
    return found.is_ext_shared
      ? note(
          `${name} is shared with another company`,
          'Nobody is answered there; choose a channel of your own.',
        )
      : fine(`${name}: the bot is a member`);
  } catch (error) {
    const outcome = outcomeOf({ error });
    const code = 'code' in outcome ? outcome.code : '';
    return code === 'missing_scope'
      ? note(
          `${what} cannot be looked at`,
          'channels:read, and groups:read for private ones, would allow it.',
        )
      : note(
          `${what}: ${code || reasonOf(error)}`,
          'Check the channel id; in a private channel type /invite @Pulse.',
        );
  }
}

/** Slack's own time stands in every answer. */
async function checkClock(slackApiUrl: string): Promise<Finding[]> {
  try {
    const answer = await fetch(new URL('api.test', slackApiUrl), { signal: AbortSignal.timeout(10_000) });
    const slackTime = Date.parse(answer.headers.get('date') ?? '');
    const offset = Math.round((Date.now() - slackTime) / 1000);
    if (Number.isNaN(offset)) return [];
    return Math.abs(offset) > CLOCK_WRONG_FROM_S
      ? [note(`Clock: ${Math.abs(offset)} s ${offset > 0 ? 'ahead of' : 'behind'} Slack's`, 'Switch on NTP.')]
      : [fine("Clock: as Slack's")];
  } catch {
    return [];
  }
}

function checkAppToken(config: StartConfig): Promise<Finding> {
  const { apiUrl, mode } = config.slack;
  if (mode.kind === 'http') return Promise.resolve(fine(`Slack sends requests to port ${mode.port}`));
  const client = new WebClient(mode.appToken.reveal(), {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  return attempt('Slack, Socket Mode', async () => {
    try {
      await client.apps.connections.open({});
      return 'the app token opens connections';
    } catch (error) {
      const outcome = outcomeOf({ error });
      const code = 'code' in outcome ? outcome.code : reasonOf(error).slice(0, 80);
      throw new PulseError(
        'SLACK_APP_TOKEN_REFUSED',
        `Slack answers ${code}: create an app-level token with the scope connections:write.`,
      );
    }
  });
}

/** Slack: both tokens, the scopes and what missing ones would give, every channel that is posted to, and the clock. */
export async function checkSlack(config: StartConfig): Promise<Finding[]> {
  const { channels, slack } = config;
  const client = new WebClient(slack.botToken.reveal(), {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    timeout: 10_000,
  });
  let who: Awaited<ReturnType<typeof fetchIdentity>>;
  try {
    who = await fetchIdentity(client, wait);
  } catch (error) {
    return [problem('Slack', error)];
  }
  const posted = [...new Set(Object.values(channels))];
  return [
    fine(`Slack: connected to ${who.teamName ?? who.teamId}`),
    await checkAppToken(config),
    ...(who.scopes ? checkScopes(who.scopes) : []),
    ...(await Promise.all(posted.map((channel) => checkChannel(client, channel)))),
    ...(await checkClock(slack.apiUrl)),
  ];
}
