import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { serveOrders } from '../worker.ts';

interface Waiting {
  bytes: Buffer;
  done(): void;
}

/**
 * The least that could be called durable: a bare server, bytes gathered while the last transaction is on its way to
 * the disk, one insert for all of them into a table of one column. It reads nothing, checks nothing, knows nobody.
 */
serveOrders(async ({ databaseUrl }: { databaseUrl: string }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  await pool.query('create table record (content bytea not null)');
  let waiting: Waiting[] = [];
  let writing = false;
  const write = async () => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      const places = group.map((_, k) => `($${k + 1})`).join();
      await pool.query(
        `insert into record (content) values ${places}`,
        group.map((one) => one.bytes),
      );
      for (const one of group) one.done();
    }
    writing = false;
  };
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const done = () => {
        res.writeHead(202, { 'content-type': 'application/json', 'content-length': 14 });
        res.end('{"accepted":1}');
      };
      waiting.push({ bytes: Buffer.concat(parts), done });
      if (!writing) void write();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port };
});
