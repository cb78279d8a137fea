import * as z from 'zod';
import type { MetricSeries } from '../../../domain/metric-series.ts';
import type { Endpoint, ParameterList, Selection } from '../../endpoint.ts';
import { ApiUnexpectedShapeError } from '../../errors.ts';
import { countUnmapped, type Intake, type KnownFields, knownFields } from '../../intake.ts';
import { DEVELOPER_SPACE } from '../../origin.ts';
import { isObject, type JsonObject, objectsOf } from './json.ts';
import { monthOfDate } from './monthly.ts';
import { eachNumber, type NumberField, numberShape } from './number-fields.ts';
import { toTotalOwner } from './owners.ts';
import * as kind from './parameter-kinds.ts';
import { createSeriesCollector } from './series-collector.ts';
import { cleanText, requiredText, unused } from './text.ts';

/** The range of a distribution. */
export const customerDates = {
  startDate: kind.day('from the month of this day'),
  endDate: kind.day('until the month of this day'),
};

/** What differs between the distributions of customers. */
export interface CustomersBy<Parameters extends ParameterList> {
  /** The metric is the endpoint's id. */
  readonly id: 'customers-by-activity' | 'customers-by-edition' | 'customers-by-region' | 'customers-by-tier';
  readonly summary: string;
  /** Below `customer-insights/`. */
  readonly resource: string;
  /** The list's name in the documentation. */
  readonly list: string;
  /** The field of `group` that names a group. */
  readonly group: 'activeUsers' | 'edition' | 'region' | 'tier';
  /** The field of `group` that says within what the shares add up to 100 %. */
  readonly within?: 'product';
  readonly parameters: Parameters;
}

type Distribution = Omit<CustomersBy<ParameterList>, 'parameters'>;

/** All four lists have this name in live answers, each has another in the documentation. */
const LIVE_LIST = 'usersDistributionPerMonth';

const NUMBERS: readonly NumberField[] = [
  { name: 'count', spellings: ['usersCount'], isRequired: true },
  { name: 'percent', spellings: ['usersPercent'], isRequired: true },
  { name: 'index', spellings: ['usersMarketplaceBenchmark'], isRequired: true },
];

const groupFields = z.object({
  activeUsers: unused,
  edition: unused,
  product: unused,
  region: unused,
  tier: unused,
});
const months = z.array(
  z.object({
    date: unused,
    insightsType: z.array(
      z.object({
        value: z.object({ group: groupFields, usersDistribution: z.object(numberShape(NUMBERS)) }),
      }),
    ),
  }),
);

function documentOf({ list }: Distribution) {
  return z.object({ _links: unused, [list]: months.optional(), [LIVE_LIST]: months.optional() });
}

/** The text that names something, or a refusal: numbers without it belong to nobody. */
function nameIn(group: JsonObject, field: string, path: string, intake: Intake): string | undefined {
  const name = requiredText.safeParse(group[field]);
  if (name.success) return cleanText(name.data);
  intake.refuse([{ path: `${path}.group.${field}`, expected: 'a text' }]);
  return undefined;
}

/** Reads one of the four. Throws an ApiUnexpectedShapeError when the answer has no list under either name. */
function readCustomers(
  answer: unknown,
  about: Distribution,
  known: KnownFields | undefined,
  intake: Intake,
  selection: Selection,
): MetricSeries[] {
  const listName = [about.list, LIVE_LIST].find((name) => isObject(answer) && Object.hasOwn(answer, name));
  if (!isObject(answer) || listName === undefined) {
    throw new ApiUnexpectedShapeError(`The answer of ${about.id} has no list "${about.list}".`);
  }
  if (known) countUnmapped(answer, known, intake);
  const owner = toTotalOwner(answer, listName, intake, selection);
  if (!owner) return [];
  const collector = createSeriesCollector(intake);
  const path = `${owner.path}[].insightsType`;

  for (const month of objectsOf(answer[listName], owner.path, intake)) {
    const period = monthOfDate(month['date']);
    if (period === undefined) {
      intake.refuse([{ path: `${owner.path}[].date`, expected: 'a month' }]);
      continue;
    }
    for (const { value } of objectsOf(month['insightsType'], path, intake)) {
      const { group, usersDistribution: node } = isObject(value) ? value : {};
      if (!isObject(group) || !isObject(node)) {
        intake.refuse([{ path: `${path}[].value`, expected: 'group and usersDistribution' }]);
        continue;
      }
      const name = nameIn(group, about.group, `${path}[].value`, intake);
      const dataset = about.within ? nameIn(group, about.within, `${path}[].value`, intake) : '';
      if (name === undefined || dataset === undefined) continue;
      const key = { metric: about.id, appKey: owner.appKey, dataset, name };
      const place = { node, fields: NUMBERS, path: `${path}[].value.usersDistribution` };
      eachNumber(place, intake, (type, number) =>
        collector.add({ ...key, type }, period, number, `${owner.path}[].date`),
      );
    }
  }
  return collector.series();
}

/**
 * A distribution of the partner's customers by month, all apps together (`appKey` null), one series per group and type.
 * Types: `count`, customers (the API calls them users); `percent`, their share; `index`, that share divided by the same
 * share of the whole Marketplace, 1.0 = as everywhere. Periods are firsts of months.
 *
 * Shares add up to about 100 %: customers whose group is unknown can be missing. A caller who wants some apps alone is
 * refused: the API does not tell apps apart here.
 */
export function customersBy<Parameters extends ParameterList>(
  about: CustomersBy<Parameters>,
): Endpoint<MetricSeries, Parameters> {
  const rowSchema = documentOf(about);
  const known = knownFields(rowSchema);
  return {
    id: about.id,
    summary: about.summary,
    path: `${DEVELOPER_SPACE}/customer-insights/${about.resource}`,
    source: { kind: 'document' },
    parameters: about.parameters,
    defaults: {},
    isAppless: true,
    rowSchema,
    read: (answer, intake, selection) => readCustomers(answer, about, known, intake, selection),
  };
}
