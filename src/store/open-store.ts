import { setTimeout as sleep } from 'node:timers/promises';
import { sentenceOf } from '../domain/error.ts';
import type { Store } from '../ports/store.ts';
import { startEmbeddedPostgres } from './embedded/start.ts';
import { createLeadership, type Leadership } from './leadership.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';
import { createStore } from './store.ts';

/** Longest wait between two attempts to have the database back, in milliseconds. */
const longestWaitMs = 10_000;

/**
 * Opens the store: `DATABASE_URL`, or an embedded PostgreSQL in the data directory. Migrated, and held by this process
 * alone. When the server goes away it is started again (the embedded one) and taken again; until then every query
 * fails, so that nothing is acknowledged and nothing published.
 */
export async function openStore(
  settings: { databaseUrl: string | undefined; dataDir: string },
  io: { signal: AbortSignal; say(line: string): void; onGone(line: string): void },
): Promise<{ store: Store; close(): Promise<void> }> {
  const server =
    settings.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataDir: settings.dataDir, onProgress: io.say, signal: io.signal })
      : undefined;
  const pool = openPool(server ? server.connection : { connectionString: settings.databaseUrl }, io.onGone);
  let closing = false;
  const recovering = new Set<Promise<void>>();
  const recover = (work: () => Promise<void>, what: string) => {
    const one = persist(
      work,
      () => closing,
      (line) => io.onGone(`${what}: ${line}`),
    );
    recovering.add(one);
    void one.finally(() => recovering.delete(one));
  };
  const leadership = createLeadership(pool, () => recover(() => leadership.take(), 'the database was lost'));
  server?.onExit(({ code, signal }) => {
    io.onGone(`PostgreSQL ended by itself (${signal ?? `code ${code}`}); it is started again`);
    recover(() => server.restart(), 'PostgreSQL does not start');
  });
  const close = async () => {
    closing = true;
    leadership.release();
    await Promise.all(recovering);
    await pool.end();
    await server?.stop();
  };
  try {
    await migrate(pool, new URL('./migrations/', import.meta.url).pathname);
    await leadership.take();
    return { store: guarded(createStore(pool), leadership), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tries until it works or nobody wants it any more. */
async function persist(work: () => Promise<void>, stop: () => boolean, log: (line: string) => void): Promise<void> {
  for (let wait = 100; !stop(); wait = Math.min(longestWaitMs, wait * 2)) {
    try {
      return await work();
    } catch (error) {
      log(sentenceOf(error));
      await sleep(wait);
    }
  }
}

function guarded(store: Store, leadership: Leadership): Store {
  return {
    async query(text, values, name) {
      leadership.assert();
      return store.query(text, values, name);
    },
    async transaction(work) {
      leadership.assert();
      return store.transaction(work);
    },
    async copy(statements, data) {
      leadership.assert();
      return store.copy(statements, data);
    },
    close: () => store.close(),
  };
}
