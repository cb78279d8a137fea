import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiUnexpectedShapeError } from '../../../src/reporting/errors.ts';
import {
  catalogueSample,
  eventSample,
  feedbackSample,
  freeStarterSample,
  type Json,
  licenseSample,
  metricSample,
  readAll,
  sample,
  touchpointSample,
  transactionSample,
} from './samples.ts';

type Path = readonly (string | number)[];
type Mutation = (parent: Json, name: string) => void;

const rename: Mutation = (parent, name) => {
  parent[`${name}2`] = parent[name];
  delete parent[name];
};

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  dropped: (parent, name) => {
    delete parent[name];
  },
  renamed: rename,
  retyped: (parent, name) => {
    parent[name] = typeof parent[name] === 'number' ? String(parent[name]) : 4711;
  },
  nulled: (parent, name) => {
    parent[name] = null;
  },
  nested: (parent, name) => {
    parent[name] = { value: parent[name] };
  },
};

/** The places of all named fields; list items have none. */
function pathsOf(value: unknown, under: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const path = [...under, name];
    const inside = pathsOf((value as Json)[name], path);
    return Array.isArray(value) ? inside : [path, ...inside];
  });
}

function mutated(original: Json, path: Path, mutation: Mutation): Json {
  const copy = structuredClone(original);
  let parent: Json = copy;
  for (const name of path.slice(0, -1)) parent = parent[name] as Json;
  mutation(parent, String(path.at(-1)));
  return copy;
}

/** A name, an endpoint, one of its raw rows, and the fields of the domain row that people count by. */
type Mutated = [string, Endpoint<unknown>, Json, readonly string[]];

const rows: Mutated[] = [
  [
    'licence',
    endpoints['licenses-export'],
    licenseSample(),
    ['licenseType', 'status', 'tier', 'hosting', 'maintenanceStart'],
  ],
  [
    'refund',
    endpoints['transactions-export'],
    transactionSample({}, { saleType: 'Refund', purchasePrice: -90, vendorAmount: -50 }),
    ['transactionId', 'lineId', 'saleDate', 'purchasePrice', 'vendorAmount', 'hosting'],
  ],
  ['event', endpoints['churn-details'], eventSample(), ['eventDate', 'hosting', 'lastUpdated']],
  ['feedback', endpoints['feedback-details'], feedbackSample(), ['date', 'feedbackType', 'hosting']],
  [
    'free subscription',
    endpoints['free-starter-tier-export'],
    freeStarterSample(),
    ['appKey', 'day', 'hosting'],
  ],
  ['visit', endpoints['marketing-attribution-export'], touchpointSample(), ['appKey', 'visitedAt']],
  ['catalogue line', endpoints['product-catalog'], catalogueSample(), ['appKey', 'name', 'hosting']],
  [
    'listed app',
    endpoints.apps,
    { productId: 'p-1', appKey: 'app-1', appName: 'App', state: 'PUBLIC', slug: 'app', revision: 3 },
    ['appKey', 'name', 'productId', 'state'],
  ],
  ['developer space', endpoints['developer-space'], { developerId: 'space-1' }, ['developerId']],
  ['count', endpoints.installs, metricSample(''), ['period', 'installs']],
  ...(['version', 'major-version', 'minor-version'] as const).map(
    (split): Mutated => [
      `count by ${split}`,
      endpoints[`installs-by-parent-${split}`],
      metricSample(`parent-${split}`),
      ['period', 'installs', 'parentSoftware', 'parentVersion'],
    ],
  ),
  [
    'gross value',
    endpoints.gmv,
    metricSample('gmv'),
    ['period', 'lifetime', 'nonHarmonisedForge', 'standardForge'],
  ],
  [
    'gross value of a type',
    endpoints['gmv-by-version-type'],
    metricSample('gmv-by-version-type'),
    ['period', 'lifetime'],
  ],
  [
    'gross value of Forge versions',
    endpoints['gmv-forge-versions'],
    metricSample('gmv-forge-versions'),
    ['period', 'nonHarmonisedForge', 'standardForge'],
  ],
];

describe.each(rows)('a %s with one field changed', (_name, endpoint, original, counted) => {
  const [intact] = readAll(endpoint, [original]).rows as Json[];

  it.each(Object.entries(MUTATIONS))('(%s) never changes what is counted in silence', (_kind, mutation) => {
    const wrong = pathsOf(original).filter((path) => {
      const { rows: read, quarantinedRows } = readAll(endpoint, [mutated(original, path, mutation)]);
      const [row] = read as Json[];
      const isChanged = row !== undefined && counted.some((field) => row[field] !== intact?.[field]);
      return isChanged || read.length + quarantinedRows !== 1;
    });
    expect(wrong).toEqual([]);
  });

  it('(renamed) is either refused or counted as unmapped', () => {
    const silent = pathsOf(original).filter((path) => {
      const { quarantinedRows, unmapped } = readAll(endpoint, [mutated(original, path, rename)]);
      return quarantinedRows + unmapped.size === 0;
    });
    expect(silent).toEqual([]);
  });
});

/** Reports about searches, as they are and as the bare arrays of their exports. */
const keywords = (
  [
    ['search-keywords', 'search-keywords', 'addons'],
    ['app-search-keywords', 'products.productId.search-keywords', 'details'],
    ['search-keywords-by-source', 'search-keywords.source.sourceKey', 'details'],
    ['zero-result-keywords', 'zero-search-results-keywords.source.sourceKey', 'details'],
  ] as const
).flatMap(([id, name, list]): [string, Endpoint<unknown>, Json][] => [
  [id, endpoints[id], sample(name)],
  [`${id} export`, endpoints[`${id}-export`], sample(name)[list] as Json],
]);

const documents: [string, Endpoint<unknown>, Json][] = [
  ['churn', endpoints.churn, sample('sales.metrics.churn')],
  ['renewal', endpoints.renewal, sample('sales.metrics.renewal')],
  ['conversion', endpoints.conversion, sample('sales.metrics.conversion')],
  ['evaluations', endpoints['evaluations-by-hosting'], sample('evaluations.metric')],
  ...(['country', 'partner', 'region'] as const).map((group): [string, Endpoint<unknown>, Json] => [
    `evaluations by ${group}`,
    endpoints[`evaluations-by-${group}`],
    sample('evaluations.metric'),
  ]),
  ...(['reason', 'type'] as const).map((group): [string, Endpoint<unknown>, Json] => [
    `feedback by ${group}`,
    endpoints[`feedback-by-${group}`],
    sample('feedback.metrics.metric'),
  ]),
  ...(['country', 'hosting', 'partner', 'region', 'tier', 'type'] as const).map(
    (group): [string, Endpoint<unknown>, Json] => [
      `sales by ${group}`,
      endpoints[`sales-by-${group}`],
      sample('sales.transactions.metric'),
    ],
  ),
  ['churn benchmark', endpoints['churn-benchmark'], sample('sales.metrics.churn.benchmark')],
  ['evaluation benchmark', endpoints['evaluation-benchmark'], sample('benchmark.evaluations')],
  ['sales benchmark', endpoints['sales-benchmark'], sample('benchmark.sales')],
  ['app requests', endpoints['app-requests'], sample('app-requests-and-approvals')],
  ['customers by region', endpoints['customers-by-region'], sample('customer-insights.regions')],
  ['customers by edition', endpoints['customers-by-edition'], sample('customer-insights.editions')],
  ['customers by activity', endpoints['customers-by-activity'], sample('customer-insights.active-users')],
  ['customers by tier', endpoints['customers-by-tier'], sample('customer-insights.tiers')],
  ...keywords,
];

/** Every number of every series, or of every row about searches, under its full name. */
function valuesOf(read: readonly unknown[]): Map<string, unknown> {
  const rows = read as (Json & { points?: { period: string; value: unknown }[] })[];
  return new Map(
    rows.flatMap(({ points = [], ...row }) => {
      const key = 'metric' in row ? row : { of: row['keyword'] ?? row['appKey'] };
      const own = Object.entries(row).filter(([, value]) => typeof value === 'number');
      return [
        ...points.map(({ period, value }) => [JSON.stringify({ ...key, period }), value] as const),
        ...own.map(([field, value]) => [JSON.stringify({ ...key, field }), value] as const),
      ];
    }),
  );
}

describe.each(documents)('a %s document with one field changed', (_name, endpoint, original) => {
  const intact = valuesOf(readAll(endpoint, [original]).rows);
  /** Fields that say whose number it is: changing one is another, equally good answer. */
  const naming = new Set([
    'name',
    'addonKey',
    'appKey',
    'conversionType',
    'evaluationType',
    'year',
    'month',
    'date',
  ]);

  it.each(Object.entries(MUTATIONS))(
    '(%s) invents no number, and says so when it loses one',
    (kind, mutation) => {
      const wrong = pathsOf(original).filter((path) => {
        let read: ReturnType<typeof readAll>;
        try {
          read = readAll(endpoint, [mutated(original, path, mutation)]);
        } catch (error) {
          return !(error instanceof ApiUnexpectedShapeError);
        }
        const values = valuesOf(read.rows);
        const isInvented = [...values].some(([key, value]) => value !== null && value !== intact.get(key));
        const isLoud = read.quarantinedRows > 0 || read.unmapped.size > 0;
        const isLostInSilence = values.size < intact.size && kind !== 'dropped' && !isLoud;
        return (isInvented && !naming.has(String(path.at(-1)))) || isLostInSilence;
      });
      expect(wrong).toEqual([]);
    },
  );

  it('(renamed) is either refused or counted as unmapped', () => {
    const silent = pathsOf(original).filter((path) => {
      // Nobody looks into the links: they are no data, and no link is followed.
      if (['_links', 'query'].includes(String(path[0])) && path.length > 1) return false;
      try {
        const { quarantinedRows, unmapped } = readAll(endpoint, [mutated(original, path, rename)]);
        return quarantinedRows + unmapped.size === 0;
      } catch (error) {
        return !(error instanceof ApiUnexpectedShapeError);
      }
    });
    expect(silent).toEqual([]);
  });
});

describe('an index with one field changed', () => {
  const original = sample('index');
  const namesOf = (rows: readonly unknown[]) => rows.map((row) => (row as Json)['path']);
  // The index itself is no resource; under another name it would be one.
  const paths = pathsOf(original).filter(([, relation]) => relation !== 'self');
  const intact = namesOf(readAll(endpoints.links, [original]).rows);

  it.each(Object.entries(MUTATIONS))(
    '(%s) names nothing that was not there, and loses nothing silently',
    (kind, mutation) => {
      const wrong = paths.filter((path) => {
        let read: ReturnType<typeof readAll>;
        try {
          read = readAll(endpoints.links, [mutated(original, path, mutation)]);
        } catch (error) {
          return !(error instanceof ApiUnexpectedShapeError);
        }
        const isLost = read.rows.length < intact.length && read.quarantinedRows === 0;
        const isInvented = namesOf(read.rows).some((one) => !intact.includes(one));
        // A relation that is gone is one that the account may not read.
        return isInvented || (isLost && !(kind === 'dropped' && path.length === 2));
      });
      expect(wrong).toEqual([]);
    },
  );
});
