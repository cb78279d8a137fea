import { readFileSync } from 'node:fs';
import { Secret, type SecretCopy } from '../domain/secret.ts';

/** A secret whose copy came into this thread. `onRenewed` hears what its file held when it was read again. */
export function secretFrom({ path, value }: SecretCopy, onRenewed: (value: string) => void): Secret {
  const read = (from: string): string => readFileSync(from, 'utf8');
  return new Secret(value, path === undefined ? undefined : { path, read }, onRenewed);
}
