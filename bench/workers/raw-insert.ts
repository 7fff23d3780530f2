import pg from 'pg';
import { sampleAlerts } from '../sample-alerts.ts';
import { serveOrders } from '../worker.ts';

let client: pg.Client | undefined;
let next = 0;

/** The raw batch insert: one statement a batch straight from `pg`, no server, no identity; answers rows a second. */
serveOrders(async (order: { databaseUrl: string; batch: number; seconds: number }) => {
  client ??= await open(order.databaseUrl);
  const alerts = sampleAlerts();
  const places = Array.from({ length: order.batch }, (_, k) => `($${k + 1})`).join();
  const statement = `insert into record (content) values ${places}`;
  const from = performance.now();
  let rows = 0;
  while (performance.now() - from < order.seconds * 1000) {
    const batch = Array.from({ length: order.batch }, () => alerts.make(next++));
    await client.query(statement, batch);
    rows += order.batch;
  }
  return { rate: (rows / (performance.now() - from)) * 1000 };
});

async function open(databaseUrl: string): Promise<pg.Client> {
  const opened = new pg.Client({ connectionString: databaseUrl });
  await opened.connect();
  await opened.query('create table record (content bytea not null)');
  return opened;
}
