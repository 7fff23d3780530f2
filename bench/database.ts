import { Client } from 'pg';
import { startEmbeddedPostgres } from '../src/store/embedded/start.ts';
import type { PartOptions } from './part.ts';

export interface BenchDatabase {
  /** A new empty database on the part's server, as a `DATABASE_URL`. */
  make(name: string): Promise<string>;
}

/** A real PostgreSQL with the settings it ships with (fsync on), as a child process. */
export async function startDatabase(part: PartOptions): Promise<BenchDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: `${part.dir}/postgres` });
  part.onEnd(() => server.stop());
  const { host, port, user } = server.connection;
  return {
    async make(name) {
      const admin = new Client(server.connection);
      await admin.connect();
      await admin.query(`create database ${name}`);
      await admin.end();
      return `postgres://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
    },
  };
}
