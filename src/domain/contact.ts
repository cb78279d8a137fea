/** A person named by the API as technical or billing contact. Erased people read "RTBF" (right to be forgotten). */
export interface Contact {
  readonly name?: string;
  readonly email?: string;
}

/** How much contact data is stored (`PULSE_CONTACTS`). */
export type ContactLevel = 'none' | 'masked' | 'full';

/** What the API writes in place of a person who asked to be erased. */
export const ERASED = 'RTBF';

/** Letters and digits of any script, hyphens and underscores between dots. */
const DOMAIN = /^[\p{L}\p{M}\p{N}_-]+(\.[\p{L}\p{M}\p{N}_-]+)+$/u;

/** `jane@acme.com` to `acme.com`, lower case; undefined when there is no usable address. The last @ counts. */
export function mailDomainOf(email: string | undefined): string | undefined {
  if (email === undefined) return undefined;
  const at = email.lastIndexOf('@');
  if (at < 0) return undefined;
  const domain = email
    .slice(at + 1)
    .toLowerCase()
    .trim();
  return DOMAIN.test(domain) ? domain : undefined;
}

/** `jane@acme.com` to `j***@acme.com`. Text that is no address becomes `***`. */
function maskEmail(email: string): string {
  const domain = mailDomainOf(email);
  const [initial = ''] = email.trim();
  return domain === undefined ? '***' : `${initial === '@' ? '' : initial}***@${domain}`;
}

/**
 * The part of a contact that may be stored at a level: nothing, a masked address without a name, or everything.
 * "RTBF" stays readable at every level but `none`: it names nobody and explains the gap.
 */
export function limitContact(contact: Contact | undefined, level: ContactLevel): Contact | undefined {
  if (!contact || level === 'none') return undefined;
  if (level === 'full') return contact;
  if (contact.email === ERASED || contact.name === ERASED) return { email: ERASED };
  return contact.email ? { email: maskEmail(contact.email) } : undefined;
}
