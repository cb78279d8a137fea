import { existsSync, readFileSync } from 'node:fs';
import { VARIABLES } from './config/variables.ts';

/** Files this process makes are for its user alone. */
const PRIVATE = 0o077;

/**
 * The environment, with `.env` of the working directory where a variable is not set. Secrets are taken out of
 * `process.env`, so that diagnostic reports and child processes do not carry them.
 */
export function loadEnvironment() {
  process.umask(PRIVATE);
  if (existsSync('.env')) process.loadEnvFile('.env');
  const env = { ...process.env };
  for (const { isSecret, name } of VARIABLES) if (isSecret) delete process.env[name];
  return { env, readFile: (path: string) => readFileSync(path, 'utf8') };
}
