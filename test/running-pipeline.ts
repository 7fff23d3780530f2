import { sha256 } from '../src/domain/canonical.ts';
import type { Masking } from '../src/domain/masking.ts';
import type { Policy } from '../src/domain/policy.ts';
import { quietByDefault } from '../src/domain/quiet.ts';
import type { IncomingRecord } from '../src/domain/record.ts';
import { identityOf } from '../src/ingest/identity.ts';
import type { Parser } from '../src/normalize/normalize.ts';
import { pipelineStep } from '../src/pipeline.ts';
import { loadPlugins } from '../src/plugins.ts';
import { safeDefaults } from '../src/policy/safe-defaults.ts';
import type { Store } from '../src/ports/store.ts';
import { createDetections } from '../src/run/detections.ts';
import type { Source } from '../src/sources/source.ts';
import { writeRecords } from '../src/store/raw-records.ts';
import { createStore } from '../src/store/store.ts';
import { testDatabase } from './store/postgres.ts';

const sources = await loadPlugins<Source>(new URL('../src/sources/', import.meta.url), ['source']);

/** Every incident opens an issue of its own: what is quiet has tests of its own. */
export const loud = { ...quietByDefault, on: false };

/** The pipeline over a database of its own, with all sources and a clock that stands still. */
export interface RunningPipeline extends AsyncDisposable {
  store: Store;
  /** Of its database, as a DATABASE_URL. */
  url: string;
  now: Date;
  policy: Policy;
  sources: Map<string, Parser>;
  /** What the app does with a record before it is stored; unset: nothing, so that what comes later is tested alone. */
  masking: Masking | undefined;
  /** Stores records as ingest would; an object is sent as JSON. Returns raw ids. */
  receive(source: string, records: (object | string | Buffer)[], origin?: Record<string, unknown>): Promise<string[]>;
  /** One step; how many records it did. */
  step(limit?: number): Promise<number>;
  /** Steps until there is nothing to do; fails when it does not come to an end. */
  run(limit?: number): Promise<void>;
  /** Receives generic alerts and runs. */
  take(...alerts: object[]): Promise<void>;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
  close(incident: string): Promise<void>;
  /** What the process remembers is gone. */
  restart(): void;
}

export async function runningPipeline(): Promise<RunningPipeline> {
  const database = await testDatabase();
  const store = createStore(database.pool);
  let detections = createDetections(() => undefined);
  const it: RunningPipeline = {
    store,
    url: database.url,
    now: new Date('2026-03-01T12:00:00Z'),
    policy: { ...safeDefaults('acme/soc-config'), commit: 'c'.repeat(40), quiet: loud },
    sources: new Map<string, Parser>(sources),
    masking: undefined,
    async receive(source, records, origin) {
      const incoming = records.map((record) => incomingRecord(source, record, origin ?? null));
      const masked = it.masking ? incoming.map(it.masking.record) : incoming;
      return (await writeRecords(store, it.now, masked)).map((stored) => stored.id);
    },
    step: (limit) =>
      pipelineStep(
        {
          store,
          clock: { now: () => it.now, sleep: async () => undefined },
          policy: { current: () => it.policy, banner: () => undefined },
          sources: it.sources,
          detections,
        },
        limit,
      ),
    async run(limit) {
      for (let left = 1000; left > 0; left -= 1) if ((await it.step(limit)) === 0) return;
      throw new Error('the pipeline does not come to an end');
    },
    async take(...alerts) {
      await it.receive('generic', alerts);
      await it.run();
    },
    rows: async <Row>(sql: string, values?: unknown[]) => (await store.query<Row>(sql, values)).rows,
    async close(incident) {
      await store.query(
        `update incident set status = 'closed', closed_at = $2, verdict = 'false-positive', issue = coalesce(issue, 900 + id)
         where id = $1`,
        [incident, it.now],
      );
    },
    restart() {
      detections = createDetections(() => undefined);
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
  return it;
}

function incomingRecord(
  source: string,
  record: object | string | Buffer,
  origin: Record<string, unknown> | null,
): IncomingRecord {
  const content = Buffer.isBuffer(record)
    ? record
    : Buffer.from(typeof record === 'string' ? record : JSON.stringify(record));
  const contentHash = sha256(content);
  const identity = identityOf({ source, contentHash, idempotencyKey: undefined, index: 0, eventId: undefined });
  return { source, content, contentHash, ...identity, origin };
}
