import * as z from 'zod';
import { type Contact, mailDomainOf } from '../../../domain/contact.ts';
import type { Customer, Partner } from '../../../domain/entitlement.ts';
import { optionalText, present, toPlace, toText, unused } from './text.ts';

/** A technical or billing contact; postal fields are known and never read. */
export const contactFields = z
  .object({
    email: optionalText,
    name: optionalText,
    phone: unused,
    address1: unused,
    address2: unused,
    city: unused,
    state: unused,
    postcode: unused,
    country: unused,
  })
  .nullish();

/** `contactDetails` of a licence, `customerDetails` of a transaction. */
export const customerFields = z
  .object({
    company: optionalText,
    country: optionalText,
    region: optionalText,
    technicalContact: contactFields,
    billingContact: contactFields,
  })
  .nullish();

/** `partnerDetails`. */
export const partnerFields = z
  .object({ partnerName: optionalText, partnerType: optionalText, billingContact: contactFields })
  .nullish();

/** The people and the company of a row, in our words. */
export interface People {
  readonly customer: Customer;
  readonly technicalContact?: Contact;
  readonly billingContact?: Contact;
}

function toContact(raw: z.infer<typeof contactFields>): Contact | undefined {
  const contact = present({ name: toText(raw?.name), email: toText(raw?.email) });
  return contact.name === undefined && contact.email === undefined ? undefined : contact;
}

const ADDRESS = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+/;

/**
 * The company, unless its name is or holds somebody's address: accounts of single people have one there (seen by public
 * importers). Their mail domain then says who they are, and nobody's address reaches a channel as a company's name.
 */
function toCompany(raw: string | null | undefined): { company?: string; mailDomain?: string } {
  const text = toText(raw);
  if (text === undefined) return {};
  if (!text.includes('@')) return { company: text };
  const mailDomain = mailDomainOf(ADDRESS.exec(text)?.[0]);
  return mailDomain === undefined ? { company: text } : { mailDomain };
}

/** The mail domain is the technical contact's, else the billing contact's; erased people ("RTBF") have none. */
export function toPeople(raw: z.infer<typeof customerFields>): People {
  const technicalContact = toContact(raw?.technicalContact);
  const billingContact = toContact(raw?.billingContact);
  const { company, mailDomain } = toCompany(raw?.company);
  return present({
    customer: present({
      company,
      country: toPlace(raw?.country),
      region: toPlace(raw?.region),
      mailDomain: mailDomainOf(technicalContact?.email) ?? mailDomainOf(billingContact?.email) ?? mailDomain,
    }),
    technicalContact,
    billingContact,
  });
}

/** True when a contact's address ends in atlassian.com: how Atlassian said to tell its own licences in 2023. */
export function isAtlassianPeople({ technicalContact, billingContact }: People): boolean {
  return [technicalContact, billingContact].some((contact) => {
    const domain = mailDomainOf(contact?.email) ?? '';
    return domain === 'atlassian.com' || domain.endsWith('.atlassian.com');
  });
}

/** The seller; undefined for direct sales and for partners without a name. */
export function toPartner(raw: z.infer<typeof partnerFields>): Partner | undefined {
  const name = toText(raw?.partnerName);
  return name === undefined ? undefined : present({ name, type: toText(raw?.partnerType) });
}
