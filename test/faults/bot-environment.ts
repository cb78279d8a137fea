import { MARKETPLACE, SLACK } from '../../demo/stage.ts';

/** The variables with which a bot reaches the simulators; channels and schedules are the caller's. */
export function botEnvironment(addresses: {
  readonly apiUrl: string;
  /** Absent for commands that do not talk to Slack. */
  readonly slackApiUrl?: string;
  readonly databasePath: string;
}) {
  return {
    SLACK_BOT_TOKEN: SLACK.botToken,
    SLACK_APP_TOKEN: SLACK.appToken,
    ...(addresses.slackApiUrl !== undefined && { SLACK_API_URL: addresses.slackApiUrl }),
    MARKETPLACE_EMAIL: MARKETPLACE.email,
    MARKETPLACE_API_TOKEN: MARKETPLACE.token,
    MARKETPLACE_DEVELOPER_ID: MARKETPLACE.developerId,
    MARKETPLACE_API_URL: addresses.apiUrl,
    DATABASE_PATH: addresses.databasePath,
  };
}

/** A workspace of these channels in which nobody is but the bot. */
export function emptyWorkspace(channels: readonly string[]) {
  return {
    team: { id: 'T1', name: 'Acme', domain: 'acme' },
    users: [],
    channels: channels.map((id) => ({ id, name: id.toLowerCase() })),
  };
}
