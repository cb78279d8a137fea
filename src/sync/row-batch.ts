/** Rows of an export as they came, in one piece of memory that can be handed to another thread without copying it. */
export interface RowBatch {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each row ends. */
  readonly ends: readonly number[];
  readonly fingerprints: readonly string[];
}

const FIRST_BYTES = 1_048_576;

/** Gathers rows into a batch. */
export function createBatch() {
  let bytes = new Uint8Array(FIRST_BYTES);
  let used = 0;
  const ends: number[] = [];
  const fingerprints: string[] = [];

  return {
    size: (): number => ends.length,
    add(row: Buffer, fingerprint: string): void {
      if (used + row.length > bytes.length) {
        const wider = new Uint8Array((used + row.length) * 2);
        wider.set(bytes.subarray(0, used));
        bytes = wider;
      }
      bytes.set(row, used);
      used += row.length;
      ends.push(used);
      fingerprints.push(fingerprint);
    },
    batch: (): RowBatch => ({ bytes, ends, fingerprints }),
  };
}

/** The rows of a batch, in order. */
export function* rowsOf({
  bytes,
  ends,
  fingerprints,
}: RowBatch): Generator<{ row: Buffer; fingerprint: string }> {
  const all = Buffer.from(bytes.buffer);
  let start = 0;
  for (const [index, end] of ends.entries()) {
    yield { row: all.subarray(start, end), fingerprint: fingerprints[index] ?? '' };
    start = end;
  }
}
