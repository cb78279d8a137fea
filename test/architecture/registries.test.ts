import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALERTS } from '../../src/alerts/index.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { EXPLANATIONS } from '../../src/digests/explained/index.ts';
import { DIGESTS } from '../../src/digests/index.ts';
import { SHARED } from '../../src/messages/explanation.ts';
import { endpoints } from '../../src/reporting/endpoints/index.ts';
import { DATASETS } from '../../src/store/sync-runs.ts';
import { DATA_SETS } from '../../src/sync/data-sets/index.ts';

function filesOf(folder: string): string[] {
  return readdirSync(join(import.meta.dirname, '../../src', folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => entry.name.replace(/\.ts$/, ''));
}

describe('registries', () => {
  it('know every endpoint file, and every entry has a file of its name', () => {
    expect(Object.keys(endpoints).toSorted()).toEqual(
      filesOf('reporting/endpoints')
        .filter((name) => name !== 'index')
        .toSorted(),
    );
    for (const [id, endpoint] of Object.entries(endpoints)) expect(endpoint.id).toBe(id);
  });

  it('name every digest after its file', () => {
    const files = filesOf('digests');
    for (const { id } of DIGESTS) expect(files).toContain(id);
  });

  it('explain the numbers of every digest in a file of its name', () => {
    const files = filesOf('digests/explained').filter((name) => name !== 'index');
    expect(EXPLANATIONS.map(({ topic }) => topic).toSorted()).toEqual(files.toSorted());
    expect(files.toSorted()).toEqual([...DIGESTS.map(({ id }) => id), SHARED].toSorted());
    for (const { numbers } of EXPLANATIONS) expect(numbers.length).toBeGreaterThan(2);
  });

  it('trace the numbers of every digest in a file of its name', () => {
    expect(filesOf('digests/numbers')).toEqual(expect.arrayContaining(DIGESTS.map(({ id }) => id)));
  });

  it('have the situations of every digest in a file of its name', () => {
    const files = readdirSync(join(import.meta.dirname, '../situations'));
    for (const { id } of DIGESTS) expect(files).toContain(`${id}.ts`);
  });

  it('name every alert after its file', () => {
    const files = filesOf('alerts');
    for (const { id } of ALERTS) expect(files).toContain(id);
  });

  it('give every command words that no other command has', () => {
    const words = COMMANDS.flatMap((command) => command.words);
    expect(words).toEqual([...new Set(words)]);
  });

  it('pull every data set that the store keeps', () => {
    expect(DATA_SETS.map(({ name }) => name).toSorted()).toEqual([...DATASETS].toSorted());
  });

  it('hold every digest, and of these the five that come without being asked for', () => {
    const weekly = ['churn', 'conversion', 'renewal', 'evaluation-benchmark', 'new-sales'];
    const others = ['sales-benchmark', 'installs', 'feedback', 'search-keywords', 'funnel', 'customers'];
    expect(DIGESTS.map(({ id }) => id)).toEqual([...weekly, ...others]);
    expect(DIGESTS.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual(weekly);
  });
});
