import * as z from 'zod';
import type { ResourceLink } from '../../domain/resource-link.ts';
import type { Endpoint, NoParameters } from '../endpoint.ts';
import { ApiUnexpectedShapeError } from '../errors.ts';
import { countUnmapped, type Intake, knownFields, toProblems } from '../intake.ts';
import { DEVELOPER_SPACE } from '../origin.ts';
import { isObject } from './shapes/json.ts';
import { optionalText, present, toText, unused } from './shapes/text.ts';

/** Never cut: half a template would be another one. */
const address = z.string().regex(/^[!-~]{1,4000}$/, { error: 'an address' });

const link = z.object({
  href: address,
  type: optionalText,
  // "aggregated", "feedback": the relation's name says more.
  name: unused,
  templated: unused,
});

/** `/rest/3/reporting/...` as documented, `/reporting/...` as seen live, with or without a host. */
function toPath(href: string): string {
  return href.replace(/^https?:\/\/[^/]*/i, '').replace(/^\/*(rest\/3\/)?/, '');
}

function read(answer: unknown, intake: Intake): ResourceLink[] {
  const links = isObject(answer) ? answer['_links'] : undefined;
  if (!isObject(links)) throw new ApiUnexpectedShapeError('The index has no "_links".');
  countUnmapped(answer, new Map([['_links', null]]), intake);
  const known = knownFields(link);
  return Object.entries(links)
    .filter(([name]) => name !== 'self')
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((raw) => ({ name, raw })))
    .flatMap(({ name, raw }) => {
      const path = `_links.${name.slice(0, 60)}`;
      const parsed = link.safeParse(raw);
      if (!parsed.success) {
        intake.refuse(toProblems(parsed.error, path));
        return [];
      }
      if (known) countUnmapped(raw, known, intake, path);
      return [present({ name, path: toPath(parsed.data.href), type: toText(parsed.data.type) })];
    });
}

/**
 * Which resources the account may read, as the API's own index lists them. Quirks: the documented address ends in a
 * slash and is a 404 with it; some entries are one link, others a list of links, one for each format; addresses come with
 * and without `/rest/3`, and not every resource is listed. Nothing is ever followed: this tells what there is.
 */
export const links: Endpoint<ResourceLink, NoParameters> = {
  id: 'links',
  summary: 'the resources that the account may read, with the parameters they take',
  path: DEVELOPER_SPACE,
  source: { kind: 'document' },
  parameters: {},
  defaults: {},
  rowSchema: z.object({ _links: z.record(z.string(), z.union([link, z.array(link)])) }),
  isAppless: true,
  read,
};
