import { APPS } from '../world/apps.ts';
import { LINK_SECONDS } from './file-links.ts';
import { catalogueFile } from './catalogue-file.ts';
import { type Answer, ok, type Route, type RouteContext, shown } from './route.ts';

/** A refusal as the newer resources word it. */
function listingError(status: number, detail: string): Answer {
  const error = {
    id: '4d5e6f7a-8b9c-4d1e-8f3a-4b5c6d7e8f9a',
    status: String(status),
    code: 'VALIDATION_FAIL',
  };
  return { status, body: { errors: [{ ...error, title: 'Request validation failed', detail }] } };
}

/** Hidden unless asked for. */
const PRIVATE_APP = {
  appKey: 'com.northlight.lab-notes',
  name: 'Lab Notes (internal)',
  productId: '5b0c1c52-7d1e-4a5c-9a2f-1f0c3f3a1a99',
};

const cursorFor = (offset: number): string => Buffer.from(`after:${offset}`).toString('base64');

function toListing(
  app: { appKey: string; name: string; productId: string },
  state: string,
  developerId: string,
) {
  return {
    productId: app.productId,
    appKey: app.appKey,
    developerId,
    appName: app.name,
    summary: `${app.name} keeps a team's work in one place`,
    tagLine: 'Made by Northlight',
    images: {},
    tags: { category: [], keywords: [] },
    communityEnabled: false,
    developerLinks: {},
    thirdPartyIntegrations: [],
    state,
    approvalStatus: state === 'PUBLIC' ? 'APPROVED' : 'UNINITIATED',
    slug: app.appKey.split('.').at(-1),
    revision: 7,
  };
}

/** The developer space's apps, by cursors. Ten a page by default; more than fifty are refused. */
function listApps({ developerId, path, query }: RouteContext): Answer {
  const flag = query.get('includePrivate') ?? 'false';
  if (!['true', 'false'].includes(flag)) return listingError(400, 'Invalid value for includePrivate');
  const limit = query.get('limit') ?? '10';
  if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 50) {
    return listingError(400, 'Invalid value for limit. Must be between 1 and 50');
  }
  const cursor = query.get('cursor');
  const offset =
    cursor === null
      ? 0
      : Number(/^after:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1] ?? Number.NaN);
  if (Number.isNaN(offset)) return listingError(400, 'Invalid cursor');
  const items = [
    ...APPS.map((app) => toListing(app, 'PUBLIC', developerId)),
    ...(flag === 'true' ? [toListing(PRIVATE_APP, 'PRIVATE', developerId)] : []),
  ];
  const end = offset + Number(limit);
  const next = new URLSearchParams(query);
  next.set('cursor', cursorFor(end));
  return ok({
    items: items.slice(offset, end),
    links: { self: path, ...(end < items.length ? { next: `${path}?${next.toString()}` } : {}) },
  });
}

function latestCatalogue(context: RouteContext): Answer {
  const { files, today } = context;
  const snapshot = shown(context);
  const presignedUrl = files.issue(`wide_public_apps_overview-${today}-10:30:00.csv`, () =>
    catalogueFile(snapshot.licenses, today),
  );
  return ok({ date: today, presignedUrl, expiresInSeconds: LINK_SECONDS });
}

/** The developer space's listings. */
export const LISTING_ROUTES: readonly Route[] = [{ method: 'GET', path: /^$/, answer: listApps }];

/** What lies outside of any developer space. */
export const GLOBAL_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/reporting\/product-catalog\/latest$/, answer: latestCatalogue },
  {
    method: 'GET',
    path: /^\/developer-space\/vendor\/([^/]+)$/,
    answer: ({ developerId, parts, vendorId }) =>
      parts[0] === String(vendorId) ? ok({ developerId }) : { status: 404 },
  },
];
