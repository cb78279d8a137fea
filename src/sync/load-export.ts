import { reasonOf } from '../domain/errors.ts';
import type { ContactLevel } from '../domain/contact.ts';
import type { Log } from '../domain/log.ts';
import type { Load } from '../store/load.ts';
import type { Store } from '../store/store.ts';
import { type ExportedDataSet, type PullPlan, type PullResult, refuseMisfits } from './data-set.ts';
import type { ExportReader } from './export-reader.ts';
import type { StartedExports } from './started-exports.ts';

/** Streams exports into loads of the store. */
export interface Loader {
  /** Reads a data set's exports into a load that is ready to be published. Throws what reading throws, SYNC_REFUSED. */
  load(
    dataSet: ExportedDataSet,
    plan: PullPlan,
    options: { readonly isSilent: boolean; readonly isFresh: boolean },
  ): Promise<PullResult>;
  /** Forgets the loads that are not published. */
  discard(): void;
}

/** Creates the loader of one sync of one developer space. */
export function createLoader(parts: {
  readonly recorder: Pick<Store['recorder'], 'beginLoad' | 'readForgotten'>;
  readonly reader: ExportReader;
  readonly started: StartedExports;
  readonly developerId: string;
  readonly contacts: ContactLevel;
  readonly signal: AbortSignal;
  readonly log: Pick<Log, 'debug'>;
}): Loader {
  const { contacts, developerId, log, reader, recorder, signal, started } = parts;
  const loads = new Set<Load>();
  /** What is being read. */
  const readings = new Set<Promise<unknown>>();

  /** An export that could not be noted, on a full disk for example, is asked for again after a restart: no reason to fail. */
  function noteStart(planned: Awaited<ReturnType<StartedExports['plan']>>) {
    return (index: number, id: string): void => {
      planned.note(index, id).catch((error: unknown) => {
        log.debug({ error: reasonOf(error) }, 'the start of an export was not noted');
      });
    };
  }

  return {
    async load(dataSet, plan, { isFresh, isSilent }) {
      const startedAt = performance.now();
      const { at, mode } = plan;
      const planned = await started.plan(dataSet, plan);
      const load = recorder.beginLoad(dataSet.loads, { developerId, at, isFull: mode === 'full' });
      loads.add(load);
      try {
        const request = {
          kind: dataSet.loads,
          developerId,
          exports: planned.exports,
          contacts,
          at,
          silent: isSilent,
          isFresh,
          forgotten: recorder.readForgotten(),
        };
        const reading = reader.read(request, load.writer, signal, noteStart(planned));
        readings.add(reading);
        const { report, seen, written } = await reading.finally(() => readings.delete(reading));
        refuseMisfits(report, seen.count);
        // Completing keeps this thread busy, which may be reading another export.
        await Promise.allSettled(readings);
        load.complete(seen, written);
        log.debug(
          { dataset: dataSet.name, ms: Math.round(performance.now() - startedAt) },
          'export read and stored',
        );
        return { pulled: { kind: dataSet.loads, load }, reports: [report] };
      } catch (error) {
        loads.delete(load);
        load.discard();
        throw error;
      }
    },
    discard() {
      for (const load of loads) load.discard();
      loads.clear();
    },
  };
}
