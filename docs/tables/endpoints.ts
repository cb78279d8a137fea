import { howItComes, requestsOf } from '../../src/cli/endpoint-requests.ts';
import { spokenUse, usesOf } from '../../src/cli/endpoint-uses.ts';
import type { Endpoint, Parameter } from '../../src/reporting/endpoint.ts';
import { TOPICS } from '../../src/reporting/endpoints/index.ts';
import { toTable } from './markdown.ts';

/** What a parameter takes, where its kind says more than its values. */
function takenBy({ allowed, takes }: Parameter): string {
  if (allowed) return allowed.join(', ');
  const [kind = takes] = /date|id|text|number/.exec(takes) ?? [];
  return kind;
}

const isAll = ({ allowed = [] }: Parameter, values: readonly string[]): boolean =>
  values.length > 1 && values.length === allowed.length;

function parameterLine(name: string, parameter: Parameter, defaults: readonly string[] | undefined): string {
  const { isCheckedHere, isRepeatable, isRequired, sentIn } = parameter;
  const notes = [
    ...(isRequired ? ['required'] : []),
    ...(isRepeatable ? ['repeatable'] : []),
    ...(sentIn === 'nowhere' ? ['filtered here'] : isCheckedHere ? ['filtered here too'] : []),
    ...(sentIn === 'body' ? ['in the body'] : []),
    ...(defaults ? [`default ${isAll(parameter, defaults) ? 'all' : defaults.join(', ')}`] : []),
  ];
  const marked = isRequired ? `**\`${name}\`**` : `\`${name}\``;
  return `${marked}: ${takenBy(parameter)}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}

function toRow(endpoint: Endpoint<unknown>): string[] {
  const { defaults, id, isAppless, parameters, summary } = endpoint;
  const uses = usesOf(id).map(spokenUse);
  return [
    `\`${id}\``,
    [...requestsOf(endpoint).map(({ method, path }) => `\`${method} ${path}\``), howItComes(endpoint)].join(
      '\n',
    ),
    Object.entries(parameters)
      .map(([name, parameter]) => parameterLine(name, parameter, defaults[name]))
      .join('\n') || 'none',
    isAppless ? `${summary} (not by app)` : summary,
    uses.join('\n') || '`pulse report` only',
  ];
}

/** The endpoints of the registry, topic by topic. */
export function endpointTables(): string {
  const head = ['endpoint', 'asked at', 'parameters', 'answers', 'used by'];
  return TOPICS.map(
    ({ endpoints, title }) => `### ${title}\n\n${toTable(head, Object.values(endpoints).map(toRow))}`,
  ).join('\n\n');
}
