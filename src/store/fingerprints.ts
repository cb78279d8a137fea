/** Finds rows by the fingerprints of their bytes. */
export interface Fingerprints {
  add(fingerprint: string, id: number): void;
  /** The id of the row with this fingerprint. */
  find(fingerprint: string): number | undefined;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Uint8Array(128);
for (let value = 0; value < DIGITS.length; value += 1) VALUES[DIGITS.charCodeAt(value)] = value;

/** Slots for each row: with fewer, looking for a row that is not there takes long. */
const ROOM = 1.25;

/**
 * Creates a table for so many fingerprints, base64 of a SHA-1. It keeps the first 64 bits of each, 15 MB for a million
 * rows. That a changed row looks like one of a million others has a chance of one in 18 million millions.
 * A hash table with open addressing and linear probing (Knuth, The Art of Computer Programming 3, 6.4, algorithm L).
 */
export function createFingerprints(rows: number): Fingerprints {
  const slots = Math.ceil(rows * ROOM) + 1;
  const high = new Uint32Array(slots);
  const low = new Uint32Array(slots);
  /** 0: a free slot. Ids begin at 1. */
  const ids = new Uint32Array(slots);
  let [first, second] = [0, 0];

  /** Makes two words of a fingerprint, in `first` and `second`: an array of them for each row would be all the work. */
  function read(fingerprint: string): void {
    const digit = (at: number): number => VALUES[fingerprint.charCodeAt(at)] ?? 0;
    const middle = digit(5);
    first =
      ((digit(0) << 26) |
        (digit(1) << 20) |
        (digit(2) << 14) |
        (digit(3) << 8) |
        (digit(4) << 2) |
        (middle >>> 4)) >>>
      0;
    second =
      ((middle << 28) |
        (digit(6) << 22) |
        (digit(7) << 16) |
        (digit(8) << 10) |
        (digit(9) << 4) |
        (digit(10) >>> 2)) >>>
      0;
  }

  /** The slot of the words just read, or the free one where they belong. */
  function slotOf(): number {
    let slot = first % slots;
    while (ids[slot] !== 0 && (high[slot] !== first || low[slot] !== second)) {
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
    return slot;
  }

  return {
    add(fingerprint, id) {
      read(fingerprint);
      const slot = slotOf();
      high[slot] = first;
      low[slot] = second;
      ids[slot] = id;
    },
    find(fingerprint) {
      read(fingerprint);
      const id = ids[slotOf()];
      return id === 0 ? undefined : id;
    },
  };
}
