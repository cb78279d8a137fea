/** One environment variable of the operating contract. */
export interface Variable {
  readonly name: string;
  readonly meaning: string;
  /** What holds when it is not set, as README and `.env.example` show it. */
  readonly fallback: string;
  /** Secrets may also come from the file named by `NAME_FILE`. */
  readonly isSecret?: true;
}

/** Every variable the product reads. README's table and `.env.example` are checked against this list. */
export const VARIABLES: readonly Variable[] = [
  {
    name: 'SLACK_BOT_TOKEN',
    meaning: 'bot token (`xoxb-...`)',
    fallback: 'required for `start`',
    isSecret: true,
  },
  {
    name: 'SLACK_APP_TOKEN',
    meaning: 'app-level token (`xapp-...`): Socket Mode',
    fallback: 'one of these two',
    isSecret: true,
  },
  {
    name: 'SLACK_SIGNING_SECRET',
    meaning: 'signing secret: HTTP mode',
    fallback: 'one of these two',
    isSecret: true,
  },
  { name: 'PORT', meaning: 'HTTP port of `/slack/events`, `/healthz`, `/readyz`', fallback: '3000' },
  { name: 'SLACK_API_URL', meaning: 'Slack Web API base', fallback: 'https://slack.com/api/' },
  {
    name: 'MARKETPLACE_EMAIL',
    meaning: 'Atlassian account that may view sales and other reports',
    fallback: 'required',
  },
  {
    name: 'MARKETPLACE_API_TOKEN',
    meaning: 'API token of that account',
    fallback: 'required',
    isSecret: true,
  },
  {
    name: 'MARKETPLACE_DEVELOPER_ID',
    meaning: 'developer space id; several separated by commas',
    fallback: 'required',
  },
  {
    name: 'MARKETPLACE_API_URL',
    meaning: 'Reporting API base, without `/rest/3`',
    fallback: 'https://api.atlassian.com/marketplace',
  },
  { name: 'MARKETPLACE_API_TOKEN_EXPIRES', meaning: 'date (`YYYY-MM-DD`), for reminders', fallback: 'none' },
  { name: 'DATABASE_PATH', meaning: 'SQLite file', fallback: './data/pulse.db' },
  { name: 'PULSE_TIME_ZONE', meaning: 'IANA zone of schedules and labels', fallback: 'UTC' },
  {
    name: 'PULSE_DIGEST_CHANNEL',
    meaning: 'channel id of the weekly digests',
    fallback: 'required for `start`',
  },
  { name: 'PULSE_ALERT_CHANNEL', meaning: 'channel id of alerts', fallback: 'the digest channel' },
  { name: 'PULSE_OPS_CHANNEL', meaning: 'channel id of operator messages', fallback: 'the digest channel' },
  { name: 'PULSE_DIGEST_SCHEDULE', meaning: 'cron string of the weekly digests', fallback: '0 9 * * 2' },
  { name: 'PULSE_SYNC_MINUTES', meaning: 'minutes between syncs, 5 to 1440', fallback: '60' },
  {
    name: 'PULSE_LARGE_TRANSACTION_USD',
    meaning: 'fixed threshold of the large-transaction alert, partner share in dollars',
    fallback: 'the larger of 1000 and the 98th percentile of your own net sales in 365 days',
  },
  {
    name: 'PULSE_ALERTS',
    meaning:
      'alert settings as after `/pulse alerts`, separated by `;`, each with a channel id before it or none',
    fallback: 'every rule, thresholds from your own sales',
  },
  {
    name: 'PULSE_ALLOWED_USERS',
    meaning: 'user ids that may ask, comma separated',
    fallback: 'everyone here',
  },
  {
    name: 'PULSE_ALLOWED_USERGROUPS',
    meaning: 'user group ids whose members count as listed users; needs `usergroups:read`',
    fallback: 'none',
  },
  {
    name: 'PULSE_ALLOWED_CHANNELS',
    meaning: 'channel ids where asking is allowed',
    fallback: 'the configured ones',
  },
  { name: 'PULSE_CONTACTS', meaning: 'contact data kept: `none`, `masked` or `full`', fallback: 'masked' },
  { name: 'PULSE_COMMAND', meaning: 'slash command', fallback: '/pulse' },
  { name: 'LOG_LEVEL', meaning: '`debug`, `info`, `warn` or `error`', fallback: 'info' },
];
