import type { Day } from '../../src/domain/day.ts';
import { APPS } from '../world/apps.ts';
import { HOSTILE_COMPANIES } from '../world/hostile-names.ts';
import { createRandom } from '../world/random.ts';
import type { RawLicense } from '../world/raw-rows.ts';
import { asFilterValue } from './query.ts';
import { isInstalled } from './installed.ts';
import { writeCsv } from './csv.ts';

/** The documented columns in the documentation's order, and the one more that was seen live. */
const COLUMNS = [
  'is_beta',
  'summary',
  'tag_line',
  'is_connect',
  'product_id',
  'released_at',
  'vendor_name',
  'is_supported',
  'review_score',
  'average_stars',
  'install_count',
  'download_count',
  'version_number',
  'version_status',
  'publicly_visible',
  'number_of_reviews',
  'category_name_list',
  'marketplace_app_key',
  'app_software_hosting',
  'marketplace_app_name',
  'parent_software_list',
  'supported_payment_model',
  'is_auto_update_strategy_available',
] as const;

/** Apps of others, so that ours are not alone. */
const OTHERS = 160;
const THINGS = [
  'Gantt',
  'Forms',
  'Whiteboard',
  'Timesheets',
  'Risk Register',
  'Test Cases',
  'Org Chart',
  'OKR',
];

interface Listing {
  readonly appKey: string;
  readonly name: string;
  readonly productId: string;
  readonly vendor: string;
  readonly product: string;
  readonly hosting: 'CLOUD' | 'DATA_CENTER';
  readonly installs: number;
  readonly isFree: boolean;
}

function toCells(
  { appKey, hosting, installs, isFree, name, product, productId, vendor }: Listing,
  today: Day,
) {
  const random = createRandom(`catalogue/${appKey}/${hosting}`);
  const reviews = random.int(0, 240);
  const stars = (random.int(20, 40) / 10).toFixed(1);
  const released = new Date(Date.parse(today) - random.int(3, 400) * 86_400_000);
  return {
    is_beta: random.chance(0.05),
    summary: random.chance(0.2)
      ? `${name}: plans, boards, and "views"\nfor every team`
      : `${name} for ${product}`,
    tag_line: `Made by ${vendor}`,
    is_connect: hosting === 'CLOUD' && random.chance(0.4),
    product_id: productId,
    released_at: `${released.toISOString().slice(0, 10)} 10:30:00`,
    vendor_name: vendor,
    is_supported: true,
    review_score: reviews === 0 ? '' : (Number(stars) * 0.9).toFixed(2),
    average_stars: reviews === 0 ? '' : stars,
    install_count: installs,
    download_count: installs * 3 + random.int(0, 900),
    version_number: `${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}-AC`,
    version_status: random.pick(['approved', 'uninitiated']),
    publicly_visible: true,
    number_of_reviews: reviews,
    category_name_list: JSON.stringify(
      random.pick([['Admin tools'], ['Project management', 'Time, money'], []]),
    ),
    marketplace_app_key: appKey,
    app_software_hosting: hosting,
    marketplace_app_name: name,
    parent_software_list: JSON.stringify([product.toLowerCase()]),
    supported_payment_model: isFree ? 'free' : 'paid-via-atlassian',
    is_auto_update_strategy_available: hosting === 'CLOUD',
  };
}

/** Our apps, with as many installations as the world has licences in use. */
function ownListings(licenses: readonly RawLicense[], today: Day): Listing[] {
  const count = (appKey: string, hosting: string) =>
    licenses.filter(
      (row) => row.addonKey === appKey && asFilterValue(row.hosting) === hosting && isInstalled(row, today),
    ).length;
  return APPS.flatMap((app) => {
    const { alwaysFree, appKey, hasDataCenter, name, product, productId } = app;
    const listing = { appKey, name, productId, product, vendor: 'Northlight', isFree: alwaysFree };
    const cloud: Listing = { ...listing, hosting: 'CLOUD', installs: count(appKey, 'cloud') };
    const dataCenter: Listing = { ...listing, hosting: 'DATA_CENTER', installs: count(appKey, 'datacenter') };
    return hasDataCenter ? [cloud, dataCenter] : [cloud];
  });
}

/** Other partners' apps, some under names that anybody may give an app. */
function otherListings(): Listing[] {
  const random = createRandom('catalogue/others');
  return Array.from({ length: OTHERS }, (_, index): Listing => {
    const vendor = HOSTILE_COMPANIES[index] ?? `Partner ${index}`;
    const product = random.pick(['Jira', 'Confluence', 'Bitbucket']);
    return {
      appKey: `com.partner-${index}.app`,
      name: `${vendor.trim().slice(0, 60) || 'Nameless'} ${random.pick(THINGS)} for ${product}`,
      productId: random.uuid(),
      vendor,
      product,
      hosting: random.pick(['CLOUD', 'DATA_CENTER']),
      installs: random.int(0, 40_000),
      isFree: random.chance(0.2),
    };
  });
}

/** The catalogue of the public Marketplace on a day, as the CSV file that its answer links to. */
export function catalogueFile(licenses: readonly RawLicense[], today: Day): string {
  const listings = [...otherListings(), ...ownListings(licenses, today)];
  return writeCsv(
    COLUMNS,
    listings.map((listing) => toCells(listing, today)),
  );
}
