/** A process that records message after message and says so after each was committed. Argument: the database. */
import { createStore } from '../../src/store/store.ts';

const store = await createStore(process.argv[2] ?? '', { checks: false, isBot: true });
for (let number = Number(process.argv[3] ?? 0); ; number += 1) {
  const key = `row-${number}`;
  await store.outbox.enqueue(
    [{ key, kind: 'alert', channel: 'C1', message: { text: key, blocks: [] } }],
    Date.now(),
  );
  process.stdout.write(`${key}\n`);
}
