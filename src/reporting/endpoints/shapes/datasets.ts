import type { Intake } from '../../intake.ts';
import { isObject, type JsonObject, objectsOf } from './json.ts';
import { cleanText, requiredText } from './text.ts';

/** A series and the dataset (`Monthly`, `Annual`) it belongs to. */
export interface PlacedSeries {
  readonly dataset: string;
  readonly name: string;
  readonly node: JsonObject;
}

interface Dataset {
  readonly name: string;
  readonly series: { readonly name: string; readonly node: JsonObject }[];
}

/** "Unknown" and "NA" are names here: a country and a region have them, and their numbers belong to the total. */
function nameOf(node: JsonObject, path: string, intake: Intake): string | undefined {
  const name = requiredText.safeParse(node['name']);
  if (name.success) return cleanText(name.data);
  intake.refuse([{ path: `${path}.name`, expected: 'a text' }]);
  return undefined;
}

/**
 * The datasets of an owner and the series that stand outside of any. A list, not a recursion: the depth of an answer
 * is not ours to choose.
 */
function sortOut(node: JsonObject, path: string, intake: Intake) {
  const datasets: Dataset[] = [];
  const strays: { readonly name: string; readonly node: JsonObject }[] = [];
  const waiting = objectsOf(node['datasets'], `${path}.datasets`, intake);
  for (const item of waiting) {
    const itemPath = `${path}.datasets[]`;
    const name = nameOf(item, itemPath, intake);
    if (name === undefined) continue;
    if (Array.isArray(item['series'])) {
      const dataset: Dataset = { name, series: [] };
      datasets.push(dataset);
      for (const inner of objectsOf(item['series'], `${itemPath}.series`, intake)) {
        // The sample for renewals has the dataset "Annual" inside the series of "Monthly".
        if (Array.isArray(inner['series'])) {
          waiting.push(inner);
          continue;
        }
        const innerName = nameOf(inner, `${itemPath}.series[]`, intake);
        if (innerName !== undefined) dataset.series.push({ name: innerName, node: inner });
      }
    } else if (Array.isArray(item['elements'])) strays.push({ name, node: item });
    else intake.refuse([{ path: itemPath, expected: 'series or elements' }]);
  }
  return { datasets, strays };
}

/**
 * The series of an owner with `datasets`. The samples put "Cancellations" and "Renewals" beside their dataset: such a
 * stray belongs to the one dataset that lacks a series of its name. When none or several lack it, or two strays have one
 * name, or the name is none of `expectedNames`, it is refused.
 */
export function placeSeries(
  node: JsonObject,
  expectedNames: readonly string[],
  path: string,
  intake: Intake,
): PlacedSeries[] {
  const { datasets, strays } = sortOut(node, path, intake);
  const lacking = (name: string) => datasets.filter(({ series }) => series.every((one) => one.name !== name));
  const owners = strays.map((stray) => {
    const candidates = lacking(stray.name);
    const isAlone = strays.filter((other) => other.name === stray.name).length === 1;
    return isAlone && expectedNames.includes(stray.name) && candidates.length === 1
      ? candidates[0]
      : undefined;
  });
  for (const [index, stray] of strays.entries()) {
    const owner = owners[index];
    if (owner) owner.series.push(stray);
    else intake.refuse([{ path: `${path}.datasets[]`, expected: 'a series inside its dataset' }]);
  }
  return datasets.flatMap(({ name: dataset, series }) => series.map((one) => ({ dataset, ...one })));
}

/** The series of an owner with a flat `series` list: conversions and evaluations have no datasets. */
export function flatSeries(node: JsonObject, path: string, intake: Intake): PlacedSeries[] {
  return objectsOf(node['series'], `${path}.series`, intake)
    .filter(isObject)
    .flatMap((item) => {
      const name = nameOf(item, `${path}.series[]`, intake);
      return name === undefined ? [] : [{ dataset: '', name, node: item }];
    });
}
