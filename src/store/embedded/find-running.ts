import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SUPERUSER } from './init-cluster.ts';
import { recordedHome } from './place.ts';
import { isServerOf, readPostmasterFile } from './postmaster-file.ts';
import type { EmbeddedConnection } from './start.ts';

/** True when a database was ever made in this data directory (or in the place it remembers). */
export function hasDatabase(dataDir: string): boolean {
  return existsSync(join(recordedHome(resolve(dataDir)), 'postgres', 'PG_VERSION'));
}

/** How to connect to the server that another process runs on this data directory; undefined when none does. */
export function findRunning(dataDir: string): EmbeddedConnection | undefined {
  const cluster = join(recordedHome(resolve(dataDir)), 'postgres');
  const file = readPostmasterFile(cluster);
  if (file?.status !== 'ready' || !isServerOf(file.pid, cluster)) return undefined;
  return { host: file.socketDir, port: file.port, user: SUPERUSER, database: 'yagura' };
}
