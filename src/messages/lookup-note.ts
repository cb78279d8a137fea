import type { Block } from '../domain/message.ts';
import { context } from './kit/blocks.ts';
import { escape, mrk } from './kit/escape.ts';

/** Why what is shown is not exactly what was asked for. */
export type LookupNote =
  /** No company is called so; this one looks most alike. */
  | { readonly kind: 'similar'; readonly company: string }
  /** A person's address. `isDomainOnly`: no contact has it, so that its mail domain is shown. */
  | { readonly kind: 'address'; readonly domain: string; readonly isDomainOnly: boolean };

/** The note under a title, for an answer to `searched`. */
export function noteBlock(note: LookupNote, searched: string): Block {
  const asked = escape(searched, 60);
  if (note.kind === 'similar')
    return context(
      mrk`No company has "${asked}" in its name; "${escape(note.company, 60)}" looks most alike`,
    );
  if (note.isDomainOnly)
    return context(
      mrk`No contact is stored with this address: this is what the mail domain ${note.domain} has`,
    );
  return context(
    mrk`Found by a contact's address; masked addresses match everybody whose address begins alike at ${note.domain}`,
  );
}
