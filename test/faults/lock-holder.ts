/** A process that holds a database exclusively, as a backup tool does. Arguments: the database, and for how many seconds. */
import { setTimeout as pause } from 'node:timers/promises';
import SQLite from 'better-sqlite3';

const [path = '', seconds = '0'] = process.argv.slice(2);
const db = new SQLite(path);
db.exec('BEGIN EXCLUSIVE');
process.stdout.write('held\n');
await pause(Number(seconds) * 1000);
db.exec('COMMIT');
db.close();
