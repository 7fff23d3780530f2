import { once } from 'node:events';
import { request } from 'node:http';
import { createInbox, type WriteRecords } from '../../src/ingest/inbox.ts';
import { createHttpIngest, type HttpIngestOptions, type IngestSource } from '../../src/ingest/inputs/http.ts';
import type { Store } from '../../src/ports/store.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { generic } from '../../src/sources/generic.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { createStore } from '../../src/store/store.ts';
import { testDatabase } from '../store/postgres.ts';

export const token = 'token-of-the-test';

/** Takes records with an `id` in `event`, refuses those with `foreign`, fails over those with `broken`. */
const camera: IngestSource = {
  name: 'camera',
  product: { vendor: 'Acme', name: 'Camera' },
  eventId(record) {
    if (record.broken === true) throw new Error('a mistake in this source');
    return typeof record.event === 'string' ? record.event : undefined;
  },
  refuse: (record) => (record.foreign === true ? 'This is of another product.' : undefined),
};

const sources = new Map<string, IngestSource>([
  ['camera', camera],
  ['generic', generic as IngestSource],
]);

export interface RunningIngest extends AsyncDisposable {
  store: Store;
  port: number;
  log: string[];
  /** What time ingest thinks it is; tests move it. */
  now: Date;
  post(source: string, body: string | Buffer, headers?: Record<string, string>): Promise<Answer>;
  /** Contents of the raw records, in order. */
  contents(): Promise<string[]>;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: {
    accepted?: number;
    duplicates?: number;
    ids?: (string | null)[];
    message?: string;
    sources?: unknown[];
    errors?: { index: number; code: string; message: string }[];
  };
}

/** Ingest on a server and a database of its own. */
export async function runningIngest(
  options: Partial<HttpIngestOptions> & { write?: (real: WriteRecords) => WriteRecords } = {},
): Promise<RunningIngest> {
  const database = await testDatabase();
  const store = createStore(database.pool);
  const log: string[] = [];
  const real: WriteRecords = (records) => writeRecords(store, running.now, records);
  const inbox = createInbox(options.write?.(real) ?? real, () => undefined);
  const handler = createHttpIngest({ sources, inbox, tokenFor: () => token, ...options });
  const server: RunningServer = await startServer(
    { host: '127.0.0.1', port: 0, log: (sentence) => log.push(sentence) },
    { '/ingest': handler },
  );
  const running: RunningIngest = {
    store,
    port: server.port,
    log,
    now: new Date('2026-03-01T12:00:00Z'),
    post: (source, body, headers = {}) =>
      send(server.port, 'POST', `/ingest/${source}`, { authorization: `Bearer ${token}`, ...headers }, [
        Buffer.from(body),
      ]),
    async contents() {
      const found = await store.query<{ content: Buffer }>('select content from raw_record order by id');
      return found.rows.map((row) => row.content.toString());
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await database[Symbol.asyncDispose]();
    },
  };
  return running;
}

/** One request whose body comes in `parts`; chunked when there is no content-length among the headers. */
export function send(
  port: number,
  method: string,
  path: string,
  headers: Record<string, string | number>,
  parts: Iterable<Buffer> = [],
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, method, path, headers }, (res) => {
      const body: Buffer[] = [];
      res.on('data', (part: Buffer) => body.push(part));
      res.on('end', () => {
        const text = Buffer.concat(body).toString();
        resolve({ status: res.statusCode ?? 0, headers: res.headers, body: JSON.parse(text || '{}') });
        req.destroy();
      });
    });
    req.on('error', reject);
    const closed = once(req, 'close').catch(() => undefined);
    void (async () => {
      for (const part of parts) {
        if (req.destroyed) return;
        if (!req.write(part)) await Promise.race([once(req, 'drain'), closed]);
      }
      req.end();
    })();
  });
}
