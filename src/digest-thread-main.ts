import { workerData } from 'node:worker_threads';
import type { BuiltDigest } from './digests/build-digest.ts';
import type { DigestQuestion } from './digest-thread.ts';
import { prepareDigest } from './schedule/prepare-digests.ts';
import { createStore } from './store/store.ts';
import { serveThread } from './thread/serve-thread.ts';

const { databasePath } = workerData as { databasePath: string };
const store = await createStore(databasePath, { checks: false });

serveThread<DigestQuestion, BuiltDigest>(({ digest, request }) => prepareDigest(store, digest, request));
