import { createMasking } from '../../src/domain/masking.ts';
import { createInbox } from '../../src/ingest/inbox.ts';
import { createHttpIngest, type IngestSource } from '../../src/ingest/inputs/http.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { startServer } from '../../src/server.ts';
import { generic } from '../../src/sources/generic.ts';
import { openStore } from '../../src/store/open-store.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { serveOrders } from '../worker.ts';

/** The ingest of the app, and nothing else of it. */
serveOrders(async ({ databaseUrl, token }: { databaseUrl: string; token: string }) => {
  const io = { signal: new AbortController().signal, say: () => undefined, onGone: console.error };
  const { store } = await openStore({ databaseUrl, dataDir: '' }, io);
  const { privacy } = safeDefaults('acme/soc-config');
  const masking = createMasking(token, () => privacy);
  const ingest = createHttpIngest({
    sources: new Map<string, IngestSource>([['generic', generic as IngestSource]]),
    inbox: createInbox(
      (records) => writeRecords(store, new Date(), records.map(masking.record)),
      () => undefined,
    ),
    tokenFor: () => token,
  });
  const server = await startServer({ host: '127.0.0.1', port: 0, log: console.error }, { '/ingest': ingest });
  return { port: server.port };
});
