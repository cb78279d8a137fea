/**
 * Gives out the items of batches one by one. Written as a plain iterator: an async generator awaits each item three
 * times, which at a hundred thousand rows a second is most of the work.
 */
export function eachRow<Row>(
  batches: AsyncGenerator<readonly Row[], void, undefined>,
  onRow: () => void,
): AsyncIterator<Row, void, undefined> {
  let batch: readonly Row[] = [];
  let at = 0;
  let waiting: Promise<void> | undefined;

  async function refill(): Promise<IteratorResult<Row, void>> {
    for (;;) {
      const next = await batches.next();
      if (next.done) return { done: true, value: undefined };
      batch = next.value;
      at = 0;
      if (batch.length > 0) return take();
    }
  }

  function take(): IteratorResult<Row, void> {
    onRow();
    const value = batch[at] as Row;
    at += 1;
    return { done: false, value };
  }

  /** Whoever asks again before the last answer gets the row after it, as from a generator. */
  function afterwards(): Promise<IteratorResult<Row, void>> {
    const mine = (waiting ?? Promise.resolve()).then(() => (at < batch.length ? take() : refill()));
    const settle = (): void => {
      if (waiting === settled) waiting = undefined;
    };
    const settled: Promise<void> = mine.then(settle, settle);
    waiting = settled;
    return mine;
  }

  return {
    next: () => (at < batch.length && !waiting ? Promise.resolve(take()) : afterwards()),
    return: async () => {
      batch = [];
      at = 0;
      await batches.return();
      return { done: true, value: undefined };
    },
  };
}
