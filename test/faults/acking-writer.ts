/**
 * A process that records message after message and says so after each was committed. Arguments: the database, the first number, and how
 * many there are to be; without end when that is absent.
 * It loads no more than recording needs, so that killing hundreds of it takes a minute.
 */
import { openDatabase } from '../../src/store/database.ts';
import { createOutbox } from '../../src/store/outbox.ts';

const [path = '', first = '0', count = 'Infinity'] = process.argv.slice(2);
const outbox = createOutbox(openDatabase(path, { checks: false }));
for (let number = Number(first); number < Number(first) + Number(count); number += 1) {
  const key = `row-${number}`;
  await outbox.enqueue(
    [{ key, kind: 'alert', channel: 'C1', message: { text: key, blocks: [] } }],
    Date.now(),
  );
  process.stdout.write(`${key}\n`);
}
