import { workerData } from 'node:worker_threads';
import type { ThreadedMessage } from './domain/message.ts';
import type { DigestQuestion } from './digest-thread.ts';
import { prepareDigest } from './schedule/build-digest.ts';
import { createStore } from './store/store.ts';
import { serveThread } from './thread/serve-thread.ts';

const { databasePath } = workerData as { databasePath: string };
const store = await createStore(databasePath, { checks: false });

serveThread<DigestQuestion, ThreadedMessage>(({ digest, request }) => prepareDigest(store, digest, request));
