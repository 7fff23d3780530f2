import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { createLeadership } from '../../src/store/leadership.ts';
import { openStore } from '../../src/store/open-store.ts';
import { until } from '../crash/until.ts';
import { testDatabase } from './postgres.ts';

function quietPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 3 });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

describe('a database', () => {
  it('belongs to one Yagura at a time, and to the next when that one lets go', async () => {
    await using database = await testDatabase();
    const [first, second] = [quietPool(database.url), quietPool(database.url)];
    const one = createLeadership(first, () => undefined, 100);
    const other = createLeadership(second, () => undefined, 100);
    await one.take();
    expect(() => one.assert()).not.toThrow();
    await expect(other.take()).rejects.toThrow('Another Yagura works on this database.');
    expect(() => other.assert()).toThrow('not ours');
    one.release();
    await other.take();
    expect(() => other.assert()).not.toThrow();
    expect(() => one.assert()).toThrow('not ours');
    other.release();
    await Promise.all([first.end(), second.end()]);
  });

  it('whose connections are all cut is taken again by the store that had it', async () => {
    await using database = await testDatabase();
    const gone: string[] = [];
    const opened = await openStore(
      { databaseUrl: database.url, dataDir: '.' },
      { signal: new AbortController().signal, say: () => undefined, onGone: (line) => gone.push(line) },
    );
    const holder = async () =>
      (
        await database.pool.query<{ pid: number }>(
          `select pid from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
        )
      ).rows[0]?.pid;
    const before = await holder();
    expect(before).toBeTypeOf('number');
    await database.pool.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // Until it hears of it, a store that has lost its lock may still answer on a fresh connection.
    await until('another connection holds the lock', async () => {
      const now = await holder();
      return now !== undefined && now !== before;
    });
    const rows = await until('the store answers again', async () => {
      const { rows } = await opened.store.query<{ one: number }>('select 1 as one');
      return rows;
    });
    expect(rows).toEqual([{ one: 1 }]);
    await opened.store.transaction(async (tx) => tx.query('select 1'));
    await opened.close();
  });

  it('whose connection dies inside a transaction fails that transaction and nothing else', async () => {
    await using database = await testDatabase();
    const opened = await openStore(
      { databaseUrl: database.url, dataDir: '.' },
      { signal: new AbortController().signal, say: () => undefined, onGone: () => undefined },
    );
    const cut = opened.store.transaction(async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await tx.query('select 1');
    });
    await expect(cut).rejects.toThrow();
    expect((await opened.store.query('select 1')).rowCount).toBe(1);
    await opened.close();
  });
});
