import { CHANNEL } from './read-alerts.ts';
import type { VariableReader } from './read-variables.ts';

/** Who may ask, and where. Users and groups both absent: everyone of the workspace, in these channels. */
export interface AccessConfig {
  readonly allowedUsers?: readonly string[];
  /** Ids of user groups whose members count as listed users. */
  readonly allowedUsergroups?: readonly string[];
  readonly allowedChannels: readonly string[];
}

const USER = /^[UW][A-Z0-9]{2,}$/;
const USERGROUP = /^S[A-Z0-9]{2,}$/;

/** What to give where a channel is wanted. */
export const CHANNEL_HINT =
  'give channel ids such as C0123ABCD (channel name > View channel details, at the bottom)';

/** Reads who may ask. `configured`: the channels messages go to, where asking is allowed unless others are named. */
export function readAccess(reader: VariableReader, configured: readonly string[]): AccessConfig {
  const allowedUsers = reader.list(
    'PULSE_ALLOWED_USERS',
    USER,
    'give user ids such as U0123ABCD (profile > ... > Copy member ID)',
  );
  const allowedUsergroups = reader.list(
    'PULSE_ALLOWED_USERGROUPS',
    USERGROUP,
    'give ids of user groups such as S0123ABCD (People > User groups > ... > Copy group ID)',
  );
  const allowedChannels = reader.list('PULSE_ALLOWED_CHANNELS', CHANNEL, CHANNEL_HINT);
  return {
    ...(allowedUsers && { allowedUsers }),
    ...(allowedUsergroups && { allowedUsergroups }),
    allowedChannels: allowedChannels ?? [...new Set(configured)],
  };
}
