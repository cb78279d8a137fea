import { UsageError } from './context.ts';

/** The address of the person that a command is about. Throws a UsageError that says what was understood. */
export function toPersonAddress(text: string): string {
  const address = text.trim().replace(/^mailto:/i, '');
  if (/^[^\s@<>"'()[\],;:]+@[^\s@<>"'()[\],;:]+$/.test(address)) return address;
  throw new UsageError(
    `"${text}" is no mail address. Give the whole address of the person and nothing else, such as jane@example.com.`,
  );
}
