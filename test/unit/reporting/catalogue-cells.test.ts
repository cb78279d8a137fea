import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/reporting/endpoints/index.ts';
import { catalogueSample, type Json, readAll, readOne } from './samples.ts';

const entry = (changes: Json = {}) => readOne(endpoints['product-catalog'], catalogueSample(changes));
const refused = (changes: Json) => readAll(endpoints['product-catalog'], [catalogueSample(changes)]);

describe('a list in a cell', () => {
  it.each<[string, string[]]>([
    ['["Admin tools","Project management"]', ['Admin tools', 'Project management']],
    ["['Admin tools', 'Project management']", ['Admin tools', 'Project management']],
    ['[Admin tools, Project management]', ['Admin tools', 'Project management']],
    ['{Admin tools,Project management}', ['Admin tools', 'Project management']],
    ['{"Admin tools","Project management"}', ['Admin tools', 'Project management']],
    ['Admin tools, Project management', ['Admin tools', 'Project management']],
    ['Admin tools', ['Admin tools']],
    ['["Time, money", "the \\"best\\""]', ['Time, money', 'the "best"']],
    ['[What\'s new, 5" pipes]', ["What's new", '5" pipes']],
    ['[a, , b,]', ['a', 'b']],
    ['[]', []],
    ['{}', []],
    ['', []],
    ['null', []],
    ['["Größe 漢字 😀"]', ['Größe 漢字 😀']],
  ])('%s', (written, expected) => {
    expect(entry({ category_name_list: written }).categories).toEqual(expected);
    expect(entry({ parent_software_list: written }).parentSoftware).toEqual(expected);
  });

  it.each(['["a"', 'a"]', '[["a"]]', '[{"name":"jira"}]', '["a" "b"]', '[a}', '{"jira":"9"}'])(
    '%s is none, and leaves its row out',
    (written) => {
      expect(refused({ category_name_list: written })).toMatchObject({
        rows: [],
        quarantined: [{ path: 'category_name_list', expected: 'a list of names', count: 1 }],
      });
    },
  );

  it('of a hostile length is read in one go', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `"name ${index}"`);
    expect(entry({ category_name_list: `[${names.join(',')}]` }).categories).toHaveLength(50_000);
  });
});

describe('a flag, a number or a date in a cell', () => {
  it.each([
    ['true', true],
    ['TRUE', true],
    ['False', false],
    ['', undefined],
    ['null', undefined],
  ])('%j is the flag %s', (written, expected) => {
    expect(entry({ is_beta: written }).isBeta).toBe(expected);
  });

  it.each([
    ['0', 0],
    ['12345', 12_345],
    ['12.0', 12],
    ['', undefined],
    ['NaN', undefined],
    ['NULL', undefined],
  ])('%j is the count %s', (written, expected) => {
    expect(entry({ download_count: written }).downloads).toBe(expected);
  });

  it.each([
    ['3.75', 3.75],
    ['4', 4],
    ['1e-1', 0.1],
    ['', undefined],
  ])('%j is the score %s', (written, expected) => {
    expect(entry({ average_stars: written }).averageStars).toBe(expected);
  });

  it.each([
    ['2025-03-01', '2025-03-01'],
    ['2025-03-01T10:30:00.000Z', '2025-03-01'],
    ['2025-03-01 10:30:00 UTC', '2025-03-01'],
    ['', undefined],
  ])('%j is the day %s', (written, expected) => {
    expect(entry({ released_at: written }).releasedOn).toBe(expected);
  });

  it.each([
    ['is_beta', 'yes', 'true or false'],
    ['is_supported', '1', 'true or false'],
    ['download_count', '1,234', 'a whole number'],
    ['download_count', '-1', 'a whole number'],
    ['number_of_reviews', '12.5', 'a whole number'],
    ['number_of_reviews', 'many', 'a whole number'],
    ['average_stars', '3,5', 'a number'],
    ['review_score', 'good', 'a number'],
    ['average_stars', '-1', 'a number'],
    ['released_at', '01.03.2025', 'a date YYYY-MM-DD'],
    ['released_at', '2025-02-30', 'a date YYYY-MM-DD'],
    ['marketplace_app_key', '', 'a text'],
    ['marketplace_app_name', 'null', 'a text'],
    ['app_software_hosting', '', 'a text'],
  ])('%s = %j leaves its row out', (column, written, expected) => {
    expect(refused({ [column]: written })).toMatchObject({
      rows: [],
      quarantined: [{ path: column, expected, count: 1 }],
    });
  });
});

describe('a line of the catalogue', () => {
  it.each([
    ['CLOUD', 'Cloud'],
    ['DATA_CENTER', 'Data Center'],
    ['SERVER', 'Server'],
  ])('hosted on %s is of %s', (written, expected) => {
    expect(entry({ app_software_hosting: written }).hosting).toBe(expected);
  });

  it('needs no column but the three that say what it is about', () => {
    const { marketplace_app_key, marketplace_app_name, app_software_hosting } = catalogueSample();
    const bare = { marketplace_app_key, marketplace_app_name, app_software_hosting };
    expect(readOne(endpoints['product-catalog'], bare)).toEqual({
      appKey: 'mycompany.myapp',
      name: 'My app',
      hosting: 'Data Center',
      categories: [],
      parentSoftware: [],
    });
  });

  it('may have a column that nobody knows: it is counted', () => {
    expect(refused({ mood: 'good' })).toMatchObject({ quarantinedRows: 0, unmapped: new Map([['mood', 1]]) });
  });

  it('can be had by app', () => {
    const selection = { appKeys: new Set(['other']) };
    expect(readAll(endpoints['product-catalog'], [catalogueSample()], selection).rows).toEqual([]);
  });
});
