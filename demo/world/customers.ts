import type { RawContact, RawPartner } from './raw-rows.ts';
import { HOSTILE_COMPANIES } from './hostile-names.ts';
import type { Random } from './random.ts';

/** One site of a customer: `cloudId` and host name for Cloud, neither for Data Center. */
export interface Site {
  readonly cloudId: string;
  readonly hostname: string;
}

/** The host subscription (Jira or Confluence) an app's entitlement hangs on. */
export interface HostEntitlement {
  readonly id: string;
  readonly number: string;
}

/** A buyer: one company, one site, any number of apps. */
export interface Customer {
  /** As the API will write it; undefined where the API has none. */
  readonly company: string | undefined;
  readonly country: string;
  readonly region: string;
  readonly site: Site;
  readonly accountId: string;
  /** Seats of the site: what an app bought there is priced by. */
  readonly users: number;
  /** May be missing, `{}`, "null" or "RTBF" (erased). */
  readonly technicalContact: RawContact | undefined;
  readonly billingContact: RawContact | undefined;
  readonly partner: RawPartner | undefined;
  readonly parentEdition: string;
  readonly hosts: Readonly<Record<'Jira' | 'Confluence', HostEntitlement>>;
}

/** What a hand-written customer fixes; the rest is drawn. */
export interface CustomerDetails {
  readonly company?: string;
  readonly country?: string;
  readonly slug?: string;
  readonly users?: number;
  readonly mailDomain?: string;
  /** `null`: bought directly. */
  readonly partner?: RawPartner | null;
}

/** Gives out numbers that no other entitlement of the world has. */
export type NumberSource = () => string;

const COUNTRIES = [
  ['USA', 'Americas', 30],
  ['Germany', 'EMEA', 16],
  ['United Kingdom', 'EMEA', 9],
  ['France', 'EMEA', 6],
  ['Netherlands', 'EMEA', 4],
  ['Poland', 'EMEA', 3],
  ['Sweden', 'EMEA', 3],
  ['Switzerland', 'EMEA', 3],
  ['Canada', 'Americas', 4],
  ['Brazil', 'Americas', 3],
  ['Australia', 'APAC', 5],
  ['Japan', 'APAC', 5],
  ['India', 'APAC', 4],
  ['Singapore', 'APAC', 2],
  ['Unknown', 'Unknown', 1],
] as const;
const FORMS: Readonly<Record<string, string>> = {
  Germany: 'GmbH',
  Switzerland: 'AG',
  'United Kingdom': 'Ltd',
  France: 'SAS',
  Netherlands: 'BV',
  Poland: 'Sp. z o.o.',
  Sweden: 'AB',
  Brazil: 'Ltda',
  Australia: 'Pty Ltd',
  Japan: 'K.K.',
  India: 'Pvt Ltd',
};
const FIRST =
  'Alder Amber Argo Aster Atlas Basalt Beacon Birch Blue Bright Cedar Cinder Cobalt Copper Crest Delta Drift Ember Falcon Fern Flint Forge Garnet Glacier Granite Harbor Hazel Helix Heron Indigo Iron Juniper Kestrel Lantern Larch Lumen Maple Meridian Mosaic Nimbus Nova Oak Onyx Orchid Osprey Otter Pebble Pine Pioneer Quartz Quill Raven Reef River Robin Rowan Sable Saffron Sierra Silver Slate Solar Spruce Sterling Summit Swift Tamarind Teal Tern Thistle Timber Topaz Tundra Umber Velvet Vertex Violet Walnut Willow Zephyr'.split(
    ' ',
  );
const SECOND =
  'Analytics Automotive Bank Biotech Clinics Components Consulting Dynamics Energy Engineering Foods Freight Games Health Insurance Interactive Labs Logistics Media Mobility Networks Optics Partners Pharma Robotics Security Semiconductors Software Studios Systems Telecom Textiles Travel Utilities Ventures Works'.split(
    ' ',
  );
const PEOPLE =
  'Ada Ben Chloe Dmitri Elena Farid Grace Hiro Ines Jonas Katya Liam Mei Nadia Omar Priya Quentin Rosa Sven Tara'.split(
    ' ',
  );
const SURNAMES =
  'Abel Berg Costa Dubois Eriksen Fischer Garcia Haas Ito Jansen Kaur Lopez Meyer Novak Okafor Patel Rossi Sato Tanaka Weber'.split(
    ' ',
  );
const PARTNERS: readonly (readonly [string, string])[] = [
  ['Valiant Solutions', 'Expert'],
  ['Kumoyama K.K.', 'Reseller'],
  ['Nordic Toolsmiths AB', 'Expert'],
  ['SoftOne Licensing', 'Corporate_reseller'],
  ['Agile & More GmbH', 'Expert'],
  ['Procure-It', 'Unknown'],
];
const SIZES = [
  [1.3, 3],
  [9, 26],
  [22, 18],
  [46, 18],
  [92, 15],
  [190, 10],
  [450, 6.5],
  [900, 3.4],
  [1900, 1.5],
  [4600, 0.4],
] as const;

/** Every 45th customer carries the next hostile name, so that a few are always among the newest rows. */
const HOSTILE_EVERY = 45;

/** A source of customers; every call is a new company on a new site. */
export function createCustomers(random: Random, nextNumber: NumberSource) {
  const used = new Set<string>();
  let made = 0;

  function slugFor(company: string): string {
    const base = company
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 24);
    let slug = base || 'site';
    while (used.has(slug)) slug = `${base || 'site'}-${random.int(2, 9999)}`;
    used.add(slug);
    return slug;
  }

  function contact(domain: string): RawContact {
    const name = `${random.pick(PEOPLE)} ${random.pick(SURNAMES)}`;
    const email = `${name.toLowerCase().replace(' ', '.')}@${domain}`;
    return {
      email,
      name,
      address1: `${random.int(1, 200)} Main Street`,
      city: 'Springfield',
      postcode: '12345',
      phone: '0',
    };
  }

  /** Most contacts are usable; the rest are missing, empty, erased or the text "null". */
  function oddContact(domain: string): RawContact | undefined {
    return random.weighted<() => RawContact | undefined>([
      [() => contact(domain), 90],
      [() => ({ email: 'RTBF', name: 'RTBF' }), 3],
      [() => undefined, 3],
      [() => ({}), 2],
      [() => ({ email: 'null', name: 'null' }), 2],
    ])();
  }

  function oddCompany(plain: string, domain: string): string | undefined {
    if (made % HOSTILE_EVERY === 0)
      return HOSTILE_COMPANIES[(made / HOSTILE_EVERY) % HOSTILE_COMPANIES.length];
    if (!random.chance(0.02)) return plain;
    return random.pick([undefined, 'Unknown', `it@${domain}`, '']);
  }

  function partner(): RawPartner | undefined {
    if (!random.chance(0.18)) return undefined;
    const [partnerName, partnerType] = random.pick(PARTNERS);
    return { partnerName, partnerType, billingContact: contact(`${slugOf(partnerName)}.example`) };
  }

  function slugOf(name: string): string {
    return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '');
  }

  return function nextCustomer(details: CustomerDetails = {}): Customer {
    made += 1;
    const [country, region] = random.weighted(COUNTRIES.map((entry) => [entry, entry[2]] as const));
    const plain = `${random.pick(FIRST)} ${random.pick(SECOND)} ${FORMS[country] ?? 'Inc'}`;
    const slug = details.slug ?? slugFor(plain);
    const domain = details.mailDomain ?? `${slug}.example`;
    const size = random.weighted(SIZES);
    const users = details.users ?? Math.max(1, Math.round(size * (0.6 + 0.7 * random.next())));
    return {
      company: details.company ?? oddCompany(plain, domain),
      country: details.country ?? country,
      region: details.country
        ? (COUNTRIES.find(([name]) => name === details.country)?.[1] ?? region)
        : region,
      site: { cloudId: random.uuid(), hostname: `${slug}.atlassian.net` },
      accountId: random.uuid(),
      users,
      technicalContact: details.company ? contact(domain) : oddContact(domain),
      billingContact: details.company ? contact(domain) : oddContact(domain),
      partner: details.partner === undefined ? partner() : (details.partner ?? undefined),
      parentEdition: random.weighted([
        // Atlassian's free plans end at ten users.
        ['Free', users <= 10 ? 40 : 0],
        ['Standard', 46],
        ['Premium', 32],
        ['Enterprise', 8],
      ]),
      hosts: {
        Jira: { id: random.uuid(), number: nextNumber() },
        Confluence: { id: random.uuid(), number: nextNumber() },
      },
    };
  };
}

export type CustomerSource = ReturnType<typeof createCustomers>;
