import { expect, it } from 'vitest';
import type { Endpoint } from '../../../src/reporting/endpoint.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import * as entry from '../../../src/reporting/index.ts';
import * as errors from '../../../src/reporting/errors.ts';

const all: [string, Endpoint<unknown>][] = Object.entries(endpoints);

/** What is asked, and how: the metrics share one path and differ in their questions, lists share theirs with exports. */
const asked = ({ path, source }: Endpoint<unknown>): string =>
  JSON.stringify([path, source.kind, source.kind === 'question' ? source.body({}) : '']);

it('every endpoint asks for something of its own and explains itself', () => {
  expect(new Set(all.map(([, endpoint]) => asked(endpoint))).size).toBe(all.length);
  for (const [, { path, summary, parameters }] of all) {
    expect(path).toMatch(/^[a-z][A-Za-z/{}-]+[a-z}]$/);
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    for (const name of names.filter((one) => one !== 'developerId')) {
      expect(parameters[name]).toMatchObject({ sentIn: 'path', isRequired: true });
    }
    expect(summary.length).toBeGreaterThan(20);
    for (const parameter of Object.values(parameters)) expect(parameter.about).not.toBe('');
  }
});

it('every default is an allowed value', () => {
  for (const [, { defaults, parameters }] of all) {
    for (const [name, values] of Object.entries(defaults)) {
      expect(parameters[name]?.values.safeParse(values).success).toBe(true);
    }
  }
});

it('the package entry gives out every error class, each with a code of its own', () => {
  const classes = Object.values(errors).filter((one) => one !== errors.ReportingError);
  const codes = classes.map((Class) => new (Class as typeof errors.ApiForbiddenError)('x').code);
  expect(new Set(codes).size).toBe(classes.length);
  for (const name of Object.keys(errors)) expect(entry).toHaveProperty(name);
});
