/**
 * What is known of the Reporting API beyond its reference, fact by fact, with the tests that hold us to it. Sources: the
 * specifications of versions 2 and 3, Atlassian's announcements, and what public clients saw live until July 2026.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** A fact, and the tests about it: the file below test/, a colon, the title as it is written there. */
type Fact = readonly [fact: string, test: string, ...more: string[]];

const PARSING = 'unit/reporting/parsing-rules';
const PARAMETERS = 'unit/reporting/parameters';
const EVERY = 'unit/reporting/every-parameter';
const LIVE = 'unit/reporting/live-facts';
const SERIES = 'unit/reporting/series-documents';
const STATUS = 'contract/status-codes';
const RESOURCES = 'contract/resources';
const NETWORK = 'unit/reporting/network-faults';
const EXPORT = 'unit/reporting/export-job';
const PAGES = 'unit/reporting/pages';
const LINKED = 'unit/reporting/linked-file';
const JOBS = 'unit/reporting/job-answers';
const HOSTILE = 'unit/reporting/hostile-fields';
const MUTATIONS = 'unit/reporting/mutations';
const KEYWORDS = 'unit/reporting/keyword-documents';
const SAMPLES = 'contract/samples';

const FACTS: Readonly<Record<string, readonly Fact[]>> = {
  'Where it is, and who may ask': [
    [
      'its pages say /v4 and /v3, its addresses are /rest/3',
      'contract/addresses: %s is where the reference has it',
    ],
    [
      'reporting is below one host and one prefix; everything else is 403 or 404',
      'unit/reporting/origin: is built below the developer space',
      'unit/reporting/origin: refuses a template that climbs out of the API, and a name that nobody fills',
    ],
    [
      'HTTP Basic, no OAuth; tokens expire within a year, so that a 401 is to be expected',
      `${NETWORK}: is sent as Basic to the configured origin, with nothing a server could keep`,
      `${STATUS}: HTTP %d is %s`,
    ],
    ['two permissions are needed, and a 403 does not say which', `${STATUS}: HTTP %d is %s`],
    [
      'a vendor id leads to a developer space id; an unknown vendor is 404',
      `${RESOURCES}: a vendor is a developer space, and an unknown one is not found`,
    ],
    [
      'an account can have several developer spaces',
      'integration/report-command: are asked one after the other, and their rows told apart',
    ],
    [
      'the list of apps has cursors and hides private apps unless asked',
      `${RESOURCES}: apps come by cursors, private ones included`,
      'unit/reporting/cursor-pages: asks for 50 rows at a time and for the page that each cursor names, until none is named',
    ],
    [
      'the documentation has a product id that is no UUID',
      `${LIVE}: of products are any text in answers: the documentation itself has "test-app"`,
    ],
    [
      'the index is a 404 with its documented slash, and some of its links are lists',
      `${RESOURCES}: names what the account may read, at the address without its documented slash`,
    ],
    ['version 2 answers 410', `${STATUS}: HTTP %d is %s`],
    [
      'parameters of version 2 work in version 3, which does not document them',
      `${LIVE}: are taken and sent: %s %j`,
    ],
  ],

  'What it takes': [
    [
      'several values are repeated keys; a comma list is misread and answers for ALL apps',
      `${PARAMETERS}: repeats the key for several values and lets a caller replace a default`,
      `${EVERY}: takes no comma list where ids are meant: the API would answer for all apps`,
      `${EVERY}: takes no list of apps in one text`,
    ],
    [
      'aggregates silently ignore every parameter but aggregation and dates, apps among them',
      `${EVERY}: %s is never sent what the API ignores there`,
      `${PARAMETERS}: %s is asked with weeks and dates alone: apps are filtered here`,
      'unit/reporting/one-app: %s answers about that app alone',
    ],
    [
      'lists answer wrong values with 400',
      `${EVERY}: refuses nothing, emptiness, and what is no value of it`,
    ],
    ['unknown parameters are ignored', `${EVERY}: knows no other parameter, and says which it knows`],
    ['a date is YYYY-MM-DD or HTTP 400', `${PARAMETERS}: %s is refused before anything is sent`],
    [
      'a range that ends before it starts is 200 and nothing, which would read as "no sales"',
      `${PARAMETERS}: is a range that ends before it starts: the API would answer "nothing"`,
    ],
    [
      'a range in the future is 200 and nothing',
      `${LIVE}: is what a range in the future gives, with HTTP 200: %s has no rows then, and nothing is wrong`,
    ],
    [
      'limits above 50 are cut down silently',
      `${PAGES}: is not fooled by an API that cuts the limit down`,
      `${PAGES}: asks for 50 rows at a time and for ten of them twice`,
    ],
    [
      'pages go on until they link to no next one; totalCount is optional',
      `${PAGES}: ends without a next link, however full the page`,
      `${PAGES}: finds the next link as %s`,
      `${PAGES}: is given up at the cap when nothing is announced`,
    ],
    [
      'the samples link to a next page after the last one',
      `${PAGES}: ends at a short page even when it carries a next link, as the samples do`,
    ],
    [
      'filters are lower case, answers are not',
      `${PARSING}: hosting %s is %s`,
      `${PARSING}: licence types are upper case, statuses lower case, sale words capitalised`,
      `${SERIES}: names hostings as everywhere else`,
    ],
    [
      'licences, Cloud boundaries and manual invoices are hidden unless asked for',
      `${PARAMETERS}: asks for all licences, hidden kinds included`,
      `${PARAMETERS}: asks for all transactions, hidden kinds included`,
    ],
    [
      'partner type "upgrade" is 400',
      `${EVERY}: takes what it says it takes`,
      `${EVERY}: refuses nothing, emptiness, and what is no value of it`,
    ],
    [
      'dateType takes start and end alone',
      `${LIVE}: select licences by their start or end, and not by when they changed: dateType=lastUpdated is HTTP 400`,
    ],
    ['tiers are whole numbers', `${PARAMETERS}: %s is refused before anything is sent`],
    [
      'the order of licences is ignored',
      `${EVERY}: %s is never sent what the API ignores there`,
      `${PARAMETERS}: of the list of %s differs from that of its export by its order alone`,
    ],
    [
      'events are ordered by "asc" with a sortBy alone',
      `${LIVE}: order events by date, oldest first: "desc" is broken, and "asc" needs its sortBy`,
    ],
    ['exports ignore limit and offset', `${EVERY}: %s is never sent what the API ignores there`],
    [
      'lastUpdated is a date and inclusive',
      'unit/sync/window: of an incremental pull reaches 7 to 30 days back, differently in every hour of a day',
    ],
    [
      'insights come only for licences that start after July 2018',
      'unit/sync/pull-rhythm: are two pulls, before and after insights begin: withDataInsights applies only after July 2018',
    ],
    [
      'the churn benchmark ignores a product id it does not know and answers for ALL apps',
      `${SERIES}: is filtered here as well: a wrong product id makes the API answer for all apps`,
      'unit/reporting/one-app: %s answers about that app alone, in whatever case the id is written',
    ],
    [
      'the free starter tier takes one date',
      `${PARAMETERS}: %s is refused before anything is sent`,
      `${PARAMETERS}: of %s asks for %j`,
    ],
    [
      'tiers of customers take jira or confluence, anything else is 400',
      'unit/reporting/customer-documents: by tier may name one product, in lower case',
    ],
    [
      'other distributions ignore everything but dates',
      'unit/reporting/customer-documents: of %s are dates: the API ignores everything else',
    ],
    [
      'partner metrics page by at most 14 periods',
      'unit/reporting/question-pages: asks for the largest page, and for the next until one is empty',
      'unit/reporting/question-pages: of %d periods gives each row once, in either reading',
    ],
    [
      'gross merchandise value takes exactly one version type',
      'contract/partner-metrics: by version type asks for the default type, and for exactly one',
    ],
    [
      'metrics asked for one product name others in their records',
      'contract/partner-metrics: partner-metrics.json: seven weeks of one app, under changing product ids and without one',
      'unit/reporting/one-app: %s, whose records name other ids, ends where a second app comes',
    ],
    [
      'searches without results have one source',
      `${KEYWORDS}: know the one source of searches without results`,
    ],
  ],

  'A licence': [
    [
      'of Cloud has no licence id, of Server no cloud id',
      `${SAMPLES}: licenses.json holds one paid Cloud licence`,
      `${PARSING}: a Server licence has its SEN and a numeric add-on licence id`,
    ],
    [
      'has newBillingSystem live and isNewBillingSystem in the specification',
      `${PARSING}: %s is a known field`,
    ],
    [
      'may stay in its grace period after it ended',
      `${LIVE}: in its grace period (%j) may have ended all the same: both are kept`,
    ],
    [
      'has contacts that are empty, missing, "null" or RTBF',
      `${PARSING}: erased ones read RTBF and have no mail domain`,
      `${PARSING}: an empty contact is no contact`,
      `${PARSING}: a company %j is no company`,
      `${LIVE}: has none of its contacts, boundaries or attribution when they are null, empty or missing`,
    ],
    ['has a person’s address for a company', `${PARSING}: a company named %s is nobody but its mail domain`],
    ['has a tier in many words', `${LIVE}: keeps its tier as it is written: %s`],
    ['has an evaluation size that is a number, a word or nothing', `${PARSING}: %j means %s users`],
    [
      'has insights that are "NA" or "Pending"',
      `${PARSING}: treats insights that have not arrived as unknown`,
      `${PARSING}: reads "NA" and "null" dates as missing`,
    ],
    [
      'comes twice in one export, with and without insights',
      `${LIVE}: may bring one licence twice, with and without insights: both are given`,
    ],
    [
      'has fields that only version 2 documents',
      `${LIVE}: may have what only version 2 documents: nothing of it is unknown`,
    ],
    [
      'has "NA" for North America and for Namibia',
      `${PARSING}: keeps NA as a region (North America) and as a country (Namibia)`,
    ],
    [
      'of Atlassian itself says so in one of two ways',
      `${PARSING}: Atlassian's own licences`,
      'unit/analytics/counted: leave out entitlements whose licences are Atlassian’s or on a sandbox',
    ],
  ],

  'A transaction line': [
    [
      'has its own number; an order has one line per app',
      'unit/reporting/list-rows: tells lines of one order apart',
    ],
    ['has dollars as floats', `${PARSING}: becomes integer cents`],
    ['has money that is no number', `${PARSING}: written as %s refuses the row`],
    [
      'may be due in the future',
      `${SAMPLES}: sales.transactions.json holds a renewal and a first sale, due in the future`,
    ],
    [
      'has sale types beyond the specification, and none on manual invoices',
      `${LIVE}: may be of any sale type: %s`,
      `${PARSING}: of a manual invoice may have no sale type`,
      `${PARSING}: that lost its sale type is refused: a refund would count as a sale`,
    ],
    ['has licence types beyond the specification', `${LIVE}: may be of any licence type: %s`],
    ['has partner types beyond the specification', `${LIVE}: may be sold by any kind of partner: %s`],
    [
      'has a faulty partnerDiscountAmount, discounts on $0, and LOYALTY in the announcement',
      `${LIVE}: has the discounts it names, also where it costs nothing, and never the faulty partnerDiscountAmount`,
      `${PARSING}: LOYALTY and LOYALTY_DISCOUNT are one discount`,
    ],
    [
      'has prorated details in no stable order',
      `${LIVE}: is the same in whatever order its prorated details come`,
    ],
    [
      'that is a refund has a sign that the specification never states',
      `${PARSING}: of a refund is negative, also when the API writes %d`,
      `${PARSING}: of a refund of nothing is zero, not minus zero`,
      `${PARSING}: of anything else keeps its sign: corrections can be negative`,
    ],
    [
      'that is a refund may lack reasons, original and tiers',
      `${LIVE}: of a refund has neither old tiers nor periods, and may lack its reasons and its original`,
      `${PARSING}: knows its refund and its payment attempts`,
    ],
    [
      'of a changed plan is a refund and a new bill of the same day',
      'unit/analytics/netting: of one day are one upgrade, with the net effect',
    ],
    ['of $0 is no sale', 'unit/analytics/counted: are commercial or academic, with money, whichever sign'],
  ],

  'Numbers over time': [
    [
      'churn and renewal have datasets, and their samples put a series beside its dataset',
      `${SAMPLES}: sales.metrics.churn.json: the stray "Cancellations" of the app belong to Annual`,
      `${SAMPLES}: sales.metrics.renewal.json: the stray "Renewals" belong to Monthly, and the nested Annual is a dataset`,
      `${SERIES}: belongs to the one dataset that lacks it`,
      `${SERIES}: is refused when %s`,
    ],
    [
      'conversion is flat, and its sample has an app with a broken key',
      `${SAMPLES}: sales.metrics.conversion.json: flat series with a type, and a stub app that is skipped and counted`,
    ],
    [
      'uniqueTotal is fewer than the sum of the weeks',
      `${LIVE}: does not take the distinct customers of the range for a number of a week`,
    ],
    [
      'sales have optional net counts and revenue',
      `${SERIES}: of sales does without net lines and revenue, but refuses what is no number in their place`,
    ],
    [
      'the sample of sales has an evaluation type',
      'contract/group-samples: sales.transactions.metric.json: lines, net lines and revenue in cents; its evaluationType is no type',
    ],
    [
      'weeks begin on Sundays, the first one before the range, and missing ones are absent',
      `${LIVE}: keeps the week that began before the range, and gives none that is missing`,
    ],
    [
      'weeks of partner metrics begin on Mondays',
      'unit/reporting/metric-periods: %s from %s to %s is %d; weeks start on Mondays',
    ],
    ['nothing is empty lists', `${SERIES}: without data has no series`],
    [
      '"Unknown" and "NA" are groups',
      `${SERIES}: keeps the numbers of a group called %s: they are part of the total`,
    ],
    [
      'events have their licence inside live and beside null in the sample',
      `${PARSING}: has its licence inside licenseDetails, as live answers`,
      `${PARSING}: has its licence beside a null licenseDetails, as the churn sample`,
      `${LIVE}: has what live answers add, and nothing of it is unknown`,
    ],
    [
      'lists of events have their links at the top',
      `${SAMPLES}: sales.metrics.saleMetric.details.json as %s: two events, links at the top, no licenseDetails`,
    ],
    [
      'the churn benchmark writes year and month as texts, rates as percent, indexes as ratios',
      `${SERIES}: of churn writes year and month as texts`,
      `${SAMPLES}: sales.metrics.churn.benchmark.json: one month of one app, rates in percent, indexes as ratios`,
    ],
    [
      'the evaluation benchmark has other names live, and typos in the specification',
      `${SERIES}: reads the same from the documented and the live names, and from the typo`,
      `${SERIES}: %s has its total under either name`,
    ],
    [
      'benchmarks come newest first',
      `${SAMPLES}: benchmark.evaluations.json: two months of the vendor and of two apps, oldest first`,
    ],
    [
      'sales of apps are compared twice',
      `${SERIES}: of sales compares an app with the apps on its product and with the product itself`,
    ],
    [
      'months are dates or times',
      `${LIVE}: names its month %s by ten characters`,
      `${PARSING}: are their first ten characters`,
    ],
    [
      'distributions have one list name live and four in the documentation',
      'contract/customer-samples: %s are the same under the name of live answers',
    ],
    [
      'searches of live answers had no filters',
      `${KEYWORDS}: without results may have no filters, as live answers`,
    ],
  ],

  Exports: [
    [
      'start with an empty body, are polled, and downloaded',
      `${EXPORT}: is started, polled at once and then ever slower, and downloaded, by its id`,
    ],
    [
      'are 404 until they are done',
      `${EXPORT}: that is "not found" yet, on its status or its download, is asked for again`,
    ],
    [
      'are bare arrays, and may be huge',
      `${EXPORT}: that is no array (%s) is an error`,
      'unit/reporting/json-rows: gives the rows of 3,000 random arrays in chunks of 1 to 17 bytes',
    ],
    [
      'link to addresses that are wrong or elsewhere',
      `${EXPORT}: never follows the links of its answers`,
      `${RESOURCES}: is started at one path, and polled and downloaded at another than its links say`,
    ],
    [
      'are the same, maybe old, export for the same parameters',
      `${EXPORT}: is started again after a gateway failure: the same parameters give the same export`,
      'unit/sync/window: of a full pull lies before the Marketplace opened, differently in every hour of half a year',
    ],
    [
      'vanish at an unknown time',
      `${EXPORT}: is started anew when the API has forgotten it`,
      `${EXPORT}: is started anew when its file is gone`,
    ],
    [
      'fail, or never end',
      `${EXPORT}: that failed is an error`,
      `${EXPORT}: that stays %s is given up after 15 minutes`,
    ],
    [
      'are CSV unless JSON is asked for',
      `${LIVE}: %s asks for JSON: CSV is the default of some, and lacks fields`,
      `${RESOURCES}: that are CSV after all are not read as JSON`,
    ],
    [
      'of searches are the document or a bare array',
      'contract/keyword-samples: %s: the same rows from the whole document and from a bare array',
    ],
    [
      'change their answers around the rows',
      `${JOBS}: in its start (%s) gives all rows or an error`,
      `${JOBS}: in its status (%s) gives all rows or an error`,
    ],
  ],

  'Files of CSV': [
    [
      'have quotes, commas and line breaks in cells',
      'unit/reporting/csv-rows: gives the cells of 500 random tables in chunks of 1 to 9 bytes',
      `${RESOURCES}: links to a file elsewhere, which is read without the credential`,
    ],
    ['write lists in nobody knows which way', 'unit/reporting/catalogue-cells: a list in a cell'],
    [
      'are behind links that expire',
      `${LINKED}: whose link has expired is asked for at a fresh link`,
      `${LINKED}: whose fresh link has expired too is refused`,
    ],
    ['must not see the credential', `${LINKED}: never sees our credential, nor anything made from it`],
  ],

  'Errors and limits': [
    [
      'have two documents, or no body at all',
      `${STATUS}: passes on the API's own words`,
      `${STATUS}: understands the other error document, and a gateway page`,
      `${STATUS}: HTTP %d is %s`,
    ],
    ['of a gateway are HTML or words', `${STATUS}: %s is tried again, then API_NOT_JSON`],
    [
      '502 is to be tried again, and 503 and 504 and 500 with it',
      `${STATUS}: HTTP %d is tried again until it passes`,
      `${STATUS}: HTTP %d is given up after the fifth request`,
    ],
    [
      'a rate limit is not documented; 429 may say how long in seven ways',
      `${JOBS}: %s (429) is obeyed: nothing is sent before`,
      `${JOBS}: for a day (429) ends the pull: nothing is sent again`,
      `${STATUS}: a stated Retry-After of %s is obeyed`,
    ],
  ],

  'Time, and rows that change': [
    [
      'lastUpdated moves without a change',
      'unit/store/snapshots: ignores a moved lastUpdated, and counts a change of a field that is used',
    ],
    [
      'rows vanish, and return',
      'unit/store/snapshots: marks a row as vanished only after two full pulls without it, and takes it back when it returns',
    ],
    [
      'a new flag adds rows without moving lastUpdated',
      'unit/sync/pull-rhythm: are remembered, and a new one makes a back-fill due: the API moves no lastUpdated for it',
    ],
    ['dates may be none', `${PARSING}: that are none (%j) refuse the row`],
  ],

  'Names of the same thing': [
    [
      'the SEN of Data Center changes when an evaluation is bought',
      `${LIVE}: of Data Center rows may be all there: SEN, number and add-on licence id`,
    ],
    [
      'Data Center licences gained numbers in September 2025',
      'unit/store/snapshots: keeps one entitlement for a Data Center licence that gains a number later',
    ],
    [
      'entitlement numbers have three or four groups',
      `${LIVE}: of entitlements have three or four groups: %s is kept as it is`,
    ],
    [
      'the samples wrap addresses as mail links',
      `${PARSING}: an address wrapped as a mail link is unwrapped`,
    ],
    [
      'rows without any identifier exist',
      `${PARSING}: a licence without any is refused`,
      `${PARSING}: anonymous feedback has none`,
    ],
  ],

  'Whatever else may come': [
    [
      'unknown fields are kept out of the way and counted',
      `${PARSING}: fields that nobody reads are counted by name, inside objects and lists too`,
      `${PARSING}: endless different field names do not fill the memory`,
    ],
    [
      'fields are dropped, renamed, retyped, nulled or nested',
      `${MUTATIONS}: (%s) never changes what is counted in silence`,
      `${MUTATIONS}: (%s) invents no number, and says so when it loses one`,
      `${MUTATIONS}: (renamed) is either refused or counted as unmapped`,
      `${PARSING}: is left out, counted by place and expectation, and the rest goes on`,
    ],
    [
      'another document is no empty one',
      `${STATUS}: JSON of the wrong shape is an error of its own, not retried and not "no data"`,
      `${PAGES}: an answer without the list (%j) is no empty list`,
    ],
    [
      'an answer is cut',
      `${NETWORK}: at any kilobyte of a page is rejected whole and fetched again`,
      `${NETWORK}: inside its gzip stream is API_TRUNCATED`,
      `${EXPORT}: cut anywhere ends in API_TRUNCATED, never in fewer rows`,
    ],
    [
      'an answer drips, stalls or never comes',
      `${NETWORK}: because it drips for ever, ends with its total time`,
      `${NETWORK}: because the body stalls, is tried again`,
      `${NETWORK}: because headers never arrive, is tried again`,
    ],
    ['an answer lies about its type', `${STATUS}: %s is tried again, then API_NOT_JSON`],
    [
      'an answer is a bomb',
      `${NETWORK}: when inflated is refused while it inflates, and not tried again`,
      `${EXPORT}: of a bomb is refused`,
      `${LINKED}: because it is a bomb is too large`,
    ],
    [
      'an answer is encoded five times and more',
      `${NETWORK}: encoded as %s, which nobody asked for, are refused`,
    ],
    [
      'an answer is a million levels deep',
      `${NETWORK}: in depth is only JSON`,
      `${PAGES}: a row nested a million times deep is an error, not the end of the process`,
      'unit/reporting/json-rows: is not impressed by a million brackets in one row',
      `${HOSTILE}: is not brought down by any field that is nested a hundred thousand deep`,
    ],
    [
      'texts have lone surrogates, NUL, a megabyte, or the name of a prototype',
      `${HOSTILE}: gives sound rows or none for %s in any field`,
      `${PARSING}: lose NUL, line breaks, byte order marks at their ends and lone surrogates`,
      `${PARSING}: named __proto__ change nothing`,
    ],
    [
      'a document begins with a byte order mark',
      `${NETWORK}: may begin with a byte order mark and white space`,
    ],
    [
      'numbers are 1e400 or "1.234,56"',
      `${PARSING}: written as %s refuses the row`,
      `${SERIES}: of sales refuses an amount written as %s`,
    ],
    [
      'it redirects',
      `${NETWORK}: does not follow a redirect (HTTP %d)`,
      `${LINKED}: that redirects (HTTP %d) is refused, not followed`,
    ],
    ['a link leads into our own network', `${LINKED}: from an API on https: %s`],
    [
      'pages lead in circles or never end',
      `${PAGES}: is given up when its next page is itself`,
      `${PAGES}: is given up when two pages take turns`,
      `${PAGES}: is given up after twice the announced pages and fifty more`,
      'unit/reporting/cursor-pages: leads back to a page it came from',
    ],
    [
      'rows move between pages while they are read',
      `${PAGES}: in ascending order loses none of 50,000 rows, where plain paging loses hundreds for good`,
      `${PAGES}: is given up when it moved beyond recognition`,
      'unit/reporting/list-rows: gives a line that changes while it is read once',
    ],
    ['it echoes the credential', `${NETWORK}: is in no error, whatever the server echoes: %s`],
    [
      'an export is empty or half of what it was',
      'integration/story: deletes nothing when an export is empty or half, and says it is short',
    ],
    [
      'one resource may not be read',
      'integration/story: keeps the other data sets fresh when one may not be read',
    ],
  ],
};

const sources = new Map<string, string>();

function sourceOf(file: string): string {
  const known = sources.get(file) ?? readFileSync(new URL(`../${file}.test.ts`, import.meta.url), 'utf8');
  sources.set(file, known);
  return known;
}

/** True when a test file has a test or a group of this title: the literal, and the function that follows it. */
function hasTest(reference: string): boolean {
  const [, file = '', title = ''] = /^([\w/-]+): (.*)$/s.exec(reference) ?? [];
  const quoted = [`'${title.replaceAll("'", String.raw`\'`)}'`, `"${title}"`, `\`${title}\``];
  const source = sourceOf(file);
  return quoted.some((literal) =>
    source
      .split(literal)
      .slice(1)
      .some((after) => /^,\s*(?:async\s*)?\(/.test(after)),
  );
}

describe.each(Object.entries(FACTS))('%s', (_topic, facts) => {
  it.each(facts)('%s', (_fact, ...tests) => {
    expect(tests.filter((reference) => !hasTest(reference))).toEqual([]);
  });
});

it('a test that does not exist is missed', () => {
  expect(hasTest(`${PARSING}: becomes integer cents`)).toBe(true);
  expect(hasTest(`${PARSING}: becomes integer cent`)).toBe(false);
  expect(hasTest(`${PARSING}: COMMERCIAL`)).toBe(false);
});
