import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { scratch } from '../scratch.ts';
import type { TestDatabase } from './postgres.ts';
import { testDatabase } from './postgres.ts';
import { quietClient } from './quiet-client.ts';

let dir: string;
let database: TestDatabase;

beforeEach(async () => {
  dir = scratch('migrate');
  database = await testDatabase({ schema: 'none' });
});

afterEach(async () => {
  await database[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
});

function write(file: string, sql: string): void {
  writeFileSync(join(dir, file), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  return rows.map(({ name }) => name);
}

describe('migrate', () => {
  it('runs the files in order, once, and says from where to where', async () => {
    write('0001-house.sql', 'create table house (id int); insert into house values (1);');
    write('0002-room.sql', 'create table room (id int); insert into room select id from house;');
    expect(await migrate(database.pool, dir)).toEqual({ from: 0, to: 2 });
    expect(await migrate(database.pool, dir)).toEqual({ from: 2, to: 2 });
    write('0003-door.sql', 'create table door (id int);');
    expect(await migrate(database.pool, dir)).toEqual({ from: 2, to: 3 });
    expect(await tables()).toEqual(['door', 'house', 'room', 'schema_migration']);
    expect((await database.pool.query('select * from room')).rows).toEqual([{ id: 1 }]);
  });

  it('takes a single connection as well as a pool, and gives pool connections back', async () => {
    write('0001-house.sql', 'create table house (id int)');
    const client = quietClient(database.connection);
    await client.connect();
    expect(await migrate(client, dir)).toEqual({ from: 0, to: 1 });
    await client.end();
    await migrate(database.pool, dir);
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  it('remembers number, name, hash and time of each file', async () => {
    write('0001-house.sql', 'create table house (id int)');
    await migrate(database.pool, dir);
    const { rows } = await database.pool.query(
      'select number, name, hash, at is not null as timed from schema_migration',
    );
    // printf %s 'create table house (id int)' | sha256sum
    const hash = 'c8987a67470dd2980c33c1e80dcbb05fd018832e166b38cdb738d9366b2bd0e7';
    expect(rows).toEqual([{ number: 1, name: 'house', hash, timed: true }]);
  });

  it('leaves nothing of a file that fails, and keeps those before it', async () => {
    write('0001-house.sql', 'create table house (id int)');
    write('0002-room.sql', 'create table room (id int); select no_such_function();');
    await expect(migrate(database.pool, dir)).rejects.toThrow(/0002-room\.sql failed: .*no_such_function/);
    expect(await tables()).toEqual(['house', 'schema_migration']);
    write('0002-room.sql', 'create table room (id int)');
    expect(await migrate(database.pool, dir)).toEqual({ from: 1, to: 2 });
  });

  it('lets starts at the same time wait for one another', async () => {
    write('0001-house.sql', 'create table house (id int); select pg_sleep(0.2);');
    write('0002-room.sql', 'create table room (id int)');
    const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.pool, dir)));
    expect(results.filter(({ from }) => from === 0)).toHaveLength(1);
    expect(results.every(({ to }) => to === 2)).toBe(true);
  });

  it('refuses a database that a newer Yagura wrote', async () => {
    write('0001-house.sql', 'create table house (id int)');
    write('0002-room.sql', 'create table room (id int)');
    await migrate(database.pool, dir);
    rmSync(join(dir, '0002-room.sql'));
    await expect(migrate(database.pool, dir)).rejects.toThrow(
      'This database was written by a newer Yagura (schema 2, this one knows 1).',
    );
  });

  it('refuses a file that changed after it was applied, and changes nothing', async () => {
    write('0001-house.sql', 'create table house (id int)');
    await migrate(database.pool, dir);
    write('0001-house.sql', 'create table house (id bigint)');
    write('0002-room.sql', 'create table room (id int)');
    await expect(migrate(database.pool, dir)).rejects.toThrow(
      'Migration 1 (house) is not the one this database was made with.',
    );
    expect(await tables()).toEqual(['house', 'schema_migration']);
  });

  it('refuses gaps, doubles and other names before it touches the database', async () => {
    write('0001-house.sql', 'create table house (id int)');
    write('0003-door.sql', 'create table door (id int)');
    await expect(migrate(database.pool, dir)).rejects.toThrow(/number 2 is missing \(at 0003-door\.sql\)/);
    renameSync(join(dir, '0003-door.sql'), join(dir, '0001-door.sql'));
    await expect(migrate(database.pool, dir)).rejects.toThrow(/number 1 is used twice/);
    renameSync(join(dir, '0001-door.sql'), join(dir, '2-door.sql'));
    await expect(migrate(database.pool, dir)).rejects.toThrow(/2-door\.sql is not named like 0001-what-it-does\.sql/);
    expect(await tables()).toEqual([]);
  });

  it('stays usable on a connection after a failure', async () => {
    write('0001-house.sql', 'create tabel house (id int)');
    const client = quietClient(database.connection);
    await client.connect();
    await expect(migrate(client, dir)).rejects.toThrow(/0001-house\.sql failed/);
    write('0001-house.sql', 'create table house (id int)');
    expect(await migrate(client, dir)).toEqual({ from: 0, to: 1 });
    await client.end();
  });
});
