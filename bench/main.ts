import { ingest } from './ingest.ts';
import { lookup } from './lookup.ts';
import { unusual } from './unusual.ts';

const BENCHES: Readonly<Record<string, (size?: number) => Promise<void>>> = { ingest, lookup, unusual };

const [name = '', size] = process.argv.slice(2);
const bench = BENCHES[name];
if (bench) await bench(size === undefined ? undefined : Number(size));
else {
  console.error(`npm run bench -- <${Object.keys(BENCHES).join(' | ')}> [size]`);
  process.exitCode = 64;
}
