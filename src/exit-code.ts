import { PulseError } from './domain/errors.ts';

/** Exit codes of the operating contract, after BSD's sysexits.h. */
export const EXIT = {
  ok: 0,
  usage: 64,
  newerDatabase: 65,
  unavailable: 69,
  internal: 70,
  cannotWrite: 73,
  otherInstance: 75,
  refused: 77,
  configuration: 78,
  /** 128 and the number of SIGINT, as shells tell it. */
  interrupted: 130,
} as const;

const BY_CODE: Readonly<Record<string, number>> = {
  CONFIGURATION: EXIT.configuration,
  STORE_NEWER: EXIT.newerDatabase,
  STORE_UNWRITABLE: EXIT.cannotWrite,
  STORE_BUSY: EXIT.otherInstance,
  STORE_FOREIGN: EXIT.cannotWrite,
  STORE_CORRUPT: EXIT.cannotWrite,
  BACKUP_FAILED: EXIT.cannotWrite,
  BACKUP_UNUSABLE: EXIT.usage,
  FORGET_UNFINISHED: EXIT.otherInstance,
  INSTANCE_RUNNING: EXIT.otherInstance,
  SYNC_RUNNING: EXIT.otherInstance,
  PORT_UNAVAILABLE: EXIT.unavailable,
  API_UNAUTHORIZED: EXIT.refused,
  API_FORBIDDEN: EXIT.refused,
  SLACK_TOKEN_REFUSED: EXIT.refused,
  SLACK_SCOPE_MISSING: EXIT.refused,
  SLACK_APP_TOKEN_REFUSED: EXIT.refused,
  SLACK_UNREACHABLE: EXIT.unavailable,
  API_UNAVAILABLE: EXIT.unavailable,
  API_LIMITED: EXIT.unavailable,
  API_PARAMETER: EXIT.usage,
};

/** The exit code a process ends with for an error. */
export function exitCodeOf(error: unknown): number {
  return error instanceof PulseError ? (BY_CODE[error.code] ?? EXIT.unavailable) : EXIT.internal;
}
