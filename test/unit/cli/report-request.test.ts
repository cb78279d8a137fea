import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/context.ts';
import { chooseEndpoint, type ReportOptions, toReportRequest } from '../../../src/cli/report-request.ts';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { ApiParameterError } from '../../../src/reporting/errors.ts';

describe('the name of an endpoint', () => {
  it.each(Object.keys(endpoints))('%s is found', (id) => {
    expect(chooseEndpoint(id).id).toBe(id);
  });

  it.each([
    ['license-export', /Did you mean licenses-export\?/],
    ['Churn', /Did you mean churn\?/],
    ['evaluations', /Did you mean evaluations-by-country, /],
    ['churn_benchmarks', /Did you mean churn/],
    ['licenses/export', /Did you mean licenses/],
    ['constructor', /There is no endpoint "constructor"\. `report` without a name/],
    ['', /There is no endpoint ""\. `report` without a name/],
  ])('%s is none, and the nearest is named', (id, message) => {
    expect(() => chooseEndpoint(id)).toThrow(UsageError);
    expect(() => chooseEndpoint(id)).toThrow(message);
  });
});

describe('what is asked for', () => {
  const read = (options: ReportOptions) => toReportRequest(endpoints.churn, options);

  it('is everything as JSON lines, unless said otherwise', () => {
    expect(read({})).toEqual({ parameters: {}, limit: Infinity, table: false });
    expect(read({ table: true, limit: '12' })).toEqual({ parameters: {}, limit: 12, table: true });
    expect(read({ columns: 'period, value' })).toMatchObject({ table: true, columns: ['period', 'value'] });
  });

  it('may give a parameter several times, and a value may hold an equals sign', () => {
    expect(read({ param: ['productId=a', 'productId=b=c', 'startDate=2026-03-01'] }).parameters).toEqual({
      productId: ['a', 'b=c'],
      startDate: ['2026-03-01'],
    });
  });

  it.each<[ReportOptions, RegExp]>([
    [{ json: true, table: true }, /either --json or --table/],
    [{ limit: '0' }, /--limit is "0"/],
    [{ limit: '-1' }, /--limit is "-1"/],
    [{ limit: 'all' }, /--limit is "all"/],
    [{ columns: 'a,,b' }, /--columns is "a,,b"/],
    [{ param: ['startDate'] }, /give name=value/],
    [{ param: ['=x'] }, /give name=value/],
    [
      { param: ['startdate=2026-03-01'] },
      /Did you mean startDate\? It takes: aggregation, startDate, endDate/,
    ],
    [{ param: ['hosting=cloud'] }, /"hosting" is no parameter of churn\. It takes: aggregation/],
  ])('%j is no way to ask', (options, message) => {
    expect(() => read(options)).toThrow(UsageError);
    expect(() => read(options)).toThrow(message);
  });

  it('is checked by the client before anything is configured', () => {
    expect(() => read({ param: ['startDate=soon'] })).toThrow(ApiParameterError);
    expect(() => read({ param: ['productId=a,b'] })).toThrow(/ids without commas/);
    expect(() => toReportRequest(endpoints['developer-space'], {})).toThrow(/needs vendorId, a whole number/);
  });
});
