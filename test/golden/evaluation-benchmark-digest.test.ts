import { describe, expect, it } from 'vitest';
import { situations } from '../situations/evaluation-benchmark.ts';

describe('the evaluation and benchmark digest', () => {
  it('tells the week, what runs, and in a week with a new month the benchmark', () => {
    expect(situations.busy().text.replaceAll('\u00A0', ' ')).toContain(
      'In Feb you did 4.1 pp better than all partners: they fell 4.4 %, you were flat (-0.3 %)',
    );
  });

  it('keeps the benchmark to one line while no month is new', () => {
    const words = JSON.stringify(situations.ordinary());
    expect(words).toContain('Benchmark: Feb 2025 is still the newest month');
    expect(words).not.toContain('percentile');
  });

  it('is one sentence in a week in which nothing started and nothing runs', () => {
    expect(situations.quiet().blocks.map(({ type }) => type)).toEqual([
      'header',
      'section',
      'section',
      'context',
      'actions',
    ]);
  });

  it('compares one app with all apps for the same product, and says where there is no base', () => {
    expect(JSON.stringify(situations['one-app']())).toContain('no comparison (no evaluations a year ago)');
  });

  it('survives hostile names, huge numbers and more rows than fit', () => {
    const { blocks } = situations.absurd();
    expect(JSON.stringify(blocks.filter(({ type }) => type !== 'header'))).not.toMatch(/<!channel>|<https/);
  });

  it('calls a week unknown, not zero, before the first sync', () => {
    expect(situations['never-pulled']().text).toContain('has not published');
  });
});
