import { expect, it } from 'vitest';
import { PulseError } from '../../../src/domain/errors.ts';
import { createSyncRunner } from '../../../src/schedule/sync-runner.ts';
import type { SyncReport } from '../../../src/sync/sync-space.ts';

const reportOf = (isAway: boolean): SyncReport => ({
  developerId: 'd',
  startedAt: 0,
  finishedAt: 1,
  isFirst: false,
  changes: [],
  failures: [],
  isAway,
});

/** A runner whose syncs find the API away or not, in this order. */
function setUp(...found: readonly boolean[]) {
  const left = [...found];
  const asked: boolean[] = [];
  let isThere = false;
  let syncs = 0;
  const runner = createSyncRunner({
    sync: async () => {
      syncs += 1;
      return [reportOf(left.shift() ?? false)];
    },
    isApiThere: async () => {
      asked.push(isThere);
      return isThere;
    },
    onFailed: (error) => {
      throw error;
    },
  });
  const { signal } = new AbortController();
  return {
    asked,
    runner,
    signal,
    syncs: () => syncs,
    comeBack: () => {
      isThere = true;
    },
  };
}

it('asks nothing while nothing was found away', async () => {
  const { asked, runner, signal, syncs } = setUp(false);
  await runner.lookOut(signal);
  await runner.run(signal);
  await runner.lookOut(signal);
  expect([asked, syncs()]).toEqual([[], 1]);
});

it('asks an API that was away at every look, and syncs once it is back', async () => {
  const { asked, comeBack, runner, signal, syncs } = setUp(true, false);
  await runner.run(signal);
  await runner.lookOut(signal);
  await runner.lookOut(signal);
  expect([asked, syncs()]).toEqual([[false, false], 1]);
  comeBack();
  await runner.lookOut(signal);
  await runner.lookOut(signal);
  expect([asked, syncs()]).toEqual([[false, false, true], 2]);
});

it('goes on looking when it was away again', async () => {
  const { asked, comeBack, runner, signal, syncs } = setUp(true, true, false);
  await runner.run(signal);
  comeBack();
  await runner.lookOut(signal);
  await runner.lookOut(signal);
  await runner.lookOut(signal);
  expect([asked, syncs()]).toEqual([[true, true], 3]);
});

it('does not ask while a sync is under way', async () => {
  const { asked, comeBack, runner, signal, syncs } = setUp(true, false);
  await runner.run(signal);
  comeBack();
  const running = runner.run(signal);
  await runner.lookOut(signal);
  await running;
  expect([asked, syncs()]).toEqual([[], 2]);
});

it('knows why the newest sync came to nothing until one is done', async () => {
  const failures = [new PulseError('STORE_BUSY', 'held'), new Error('oops')];
  const runner = createSyncRunner({
    sync: async () => {
      const failure = failures.shift();
      if (failure) throw failure;
      return [reportOf(false)];
    },
    isApiThere: async () => true,
    onFailed: () => undefined,
  });
  const { signal } = new AbortController();
  expect(runner.readFailure()).toBeUndefined();
  await expect(runner.run(signal)).rejects.toThrow('held');
  expect(runner.readFailure()).toBe('STORE_BUSY');
  await expect(runner.run(signal)).rejects.toThrow('oops');
  expect(runner.readFailure()).toBe('UNEXPECTED');
  await runner.run(signal);
  expect(runner.readFailure()).toBeUndefined();
});
