import { parentPort, workerData } from 'node:worker_threads';
import { BlockMatcher } from './block-matcher.ts';
import type { EngineSetup } from './engine-pool.ts';
import { loadPipelines } from './load-pipelines.ts';
import { readRules } from './read-rules.ts';

// A thread of an EnginePool: a block comes in, its answer goes out, in order.
const { files, placeholders, logsource } = workerData as EngineSetup;
const matcher = new BlockMatcher(readRules(files, placeholders ? { placeholders } : {}), loadPipelines(), logsource);
parentPort?.on('message', ({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>) => {
  parentPort?.postMessage(matcher.match(Buffer.from(buffer, byteOffset, byteLength)));
});
