import type { Endpoint } from '../reporting/endpoint.ts';
import { exportPaths } from '../reporting/export-job.ts';

/** One request that an endpoint is read with. */
export interface EndpointRequest {
  readonly method: 'GET' | 'POST';
  /** The whole path, with `{names}`. */
  readonly path: string;
}

/** What is sent to read an endpoint, in this order; pages and polls repeat the last one. */
export function requestsOf({ path, source }: Pick<Endpoint<unknown>, 'path' | 'source'>): EndpointRequest[] {
  const get = (template: string): EndpointRequest => ({ method: 'GET', path: `/rest/3/${template}` });
  const post = (template: string): EndpointRequest => ({ method: 'POST', path: `/rest/3/${template}` });
  if (source.kind === 'question') return [post(path)];
  if (source.kind !== 'export') return [get(path)];
  const { file, start, status } = exportPaths(path, source.jobs);
  return [post(start), get(status), get(file)];
}

const HOW: Readonly<Record<Endpoint<unknown>['source']['kind'], string>> = {
  export: 'an export: started, polled, streamed',
  array: 'one array, streamed',
  pages: 'pages of 50, by offset',
  cursor: 'pages of 50, by cursor',
  question: 'pages of 14 periods, asked for by a JSON body',
  document: 'one document',
  file: 'a link to a CSV file, which is streamed',
};

/** How the rows come, in a few words. */
export const howItComes = ({ source }: Pick<Endpoint<unknown>, 'source'>): string => HOW[source.kind];
