import type { Endpoint, Parameter } from '../reporting/endpoint.ts';
import { TOPICS } from '../reporting/endpoints/index.ts';
import { cutToWidth } from './display-width.ts';
import { howItComes, requestsOf } from './endpoint-requests.ts';
import { spokenUse, usesOf } from './endpoint-uses.ts';

/** The endpoints by topic, a line each; `width`: columns of the terminal, undefined when there is none. */
export function listEndpoints(width: number | undefined): string {
  const all = TOPICS.flatMap(({ endpoints }) => Object.keys(endpoints));
  const widest = Math.max(...all.map((id) => id.length));
  const line = ({ id, summary }: Endpoint<unknown>): string =>
    cutToWidth(`  ${id.padEnd(widest)}  ${summary}`, width ?? Number.POSITIVE_INFINITY);
  return [
    ...TOPICS.map(({ endpoints, title }) => [title, ...Object.values(endpoints).map(line), ''].join('\n')),
    'report <endpoint> prints its rows, report <endpoint> --describe what it takes and answers.',
  ].join('\n');
}

function marksOf({ isCheckedHere, isRepeatable, isRequired, sentIn }: Parameter): string {
  const marks = [
    ...(isRequired ? ['required'] : []),
    ...(isRepeatable ? ['may be repeated'] : []),
    ...(sentIn === 'nowhere' ? ['filtered here, because the API ignores it'] : []),
    ...(isCheckedHere && sentIn !== 'nowhere' ? ['filtered here too'] : []),
  ];
  return marks.length === 0 ? '' : ` (${marks.join('; ')})`;
}

/** One endpoint: what is asked, what it takes, what it answers and who uses it. */
export function describeEndpoint(endpoint: Endpoint<unknown>): string {
  const { defaults, id, isAppless, parameters, path, summary } = endpoint;
  const widest = Math.max(0, ...Object.keys(parameters).map((name) => name.length));
  const taken = Object.entries(parameters).map(
    ([name, parameter]) =>
      `  ${name.padEnd(widest)}  ${parameter.about}: ${parameter.takes}${marksOf(parameter)}`,
  );
  const sent = Object.entries(defaults).flatMap(([name, values]) =>
    values.map((value) => `  ${name}=${value}`),
  );
  const uses = usesOf(id).map((use) => `  ${spokenUse(use)}`);
  return [
    id,
    `  ${summary}`,
    '',
    'Asked at',
    ...requestsOf(endpoint).map(({ method, path: whole }) => `  ${method} ${whole}`),
    `  ${howItComes(endpoint)}`,
    ...(path.includes('{developerId}') ? [] : ['  once, for no developer space in particular']),
    '',
    taken.length === 0 ? 'Takes no parameters' : 'Parameters, as --param name=value',
    ...taken,
    ...(sent.length === 0 ? [] : ['', 'Sent unless given', ...sent]),
    ...(isAppless ? ['', 'Its rows name no app, so that they cannot be had by app.'] : []),
    '',
    'Used by',
    ...(uses.length === 0 ? ['  this command only'] : uses),
  ].join('\n');
}
