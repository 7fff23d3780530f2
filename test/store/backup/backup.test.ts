import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backup } from '../../../src/store/backup/backup.ts';
import { checkBackup, restore } from '../../../src/store/backup/restore.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { scratch } from '../../scratch.ts';
import type { TestDatabase } from '../postgres.ts';
import { testDatabase } from '../postgres.ts';
import { quietClient } from '../quiet-client.ts';

const HOUSE = `
  create table house (
    id bigserial primary key,
    parent bigint references house,
    bytes bytea,
    doc jsonb,
    at timestamptz,
    ratio double precision,
    tags text[],
    note text,
    length integer generated always as (length(note)) stored
  );
  create table room (
    id bigint generated always as identity primary key,
    house bigint not null references house,
    "odd ""name" text
  );
  -- Each names the other: no order of loading would satisfy both.
  alter table house add column best bigint references room;
  create table empty (id int);
  create table seed (word text);
  insert into seed values ('from the migration');
  create function refuse() returns trigger language plpgsql as $$ begin raise 'append only'; end $$;
  create trigger frozen before update or delete or truncate on seed for each statement execute function refuse();
  create function shout() returns trigger language plpgsql as $$ begin new.word = upper(new.word); return new; end $$;
  create trigger loud before insert on seed for each row execute function shout();
  alter table seed enable always trigger loud;
`;

let dir: string;
let migrations: string;
let file: string;
let source: TestDatabase;
let target: TestDatabase;

beforeEach(async () => {
  dir = scratch('backup');
  migrations = mkdtempSync(join(dir, 'migrations-'));
  file = join(dir, 'saved.yagura');
  source = await testDatabase({ schema: 'none' });
  target = await testDatabase({ schema: 'none' });
});

afterEach(async () => {
  await source[Symbol.asyncDispose]();
  await target[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true, force: true });
});

async function fillHouse(): Promise<void> {
  writeFileSync(join(migrations, '0001-house.sql'), HOUSE);
  await migrate(source.pool, migrations);
  const insert =
    'insert into house (id, parent, bytes, doc, at, ratio, tags, note) values ($1, $2, $3, $4, $5, $6, $7, $8)';
  const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  const doc = { text: 'tab\t line\n back\\slash \\. "quote" 櫓 \u0001', list: [1, null, 1.5] };
  // The child comes before its parent, which only a check at the end accepts.
  await source.pool.query('insert into house (id) values (40)');
  await source.pool.query(insert, [
    7,
    40,
    every,
    doc,
    '2026-03-01T12:01:00.123456Z',
    0.1 + 0.2,
    ['a,b', '{}', null],
    'x\r\n\\N',
  ]);
  await source.pool.query(insert, [9007199254740993n, 7, Buffer.alloc(0), [], 'infinity', Number.NaN, [], '']);
  await source.pool.query("select setval('house_id_seq', 9007199254740995)");
  await source.pool.query(`insert into room (house, "odd ""name") select 7, 'room ' || n from generate_series(1, 3) n`);
  await source.pool.query('update house set best = 2 where id = 7');
}

/** Everything that matters of a database, as text. */
async function contents(database: TestDatabase): Promise<unknown> {
  const tables = ['house', 'room', 'empty', 'seed'];
  const rows = await Promise.all(
    tables.map((table) => database.pool.query(`select t::text from ${table} t order by 1`)),
  );
  const next = await database.pool.query("select nextval('house_id_seq') as house, nextval('room_id_seq') as room");
  const rules = await database.pool.query(
    "select conname as name, pg_get_constraintdef(oid) as rule from pg_constraint where contype in ('f', 'p') union all select tgname, tgenabled::text from pg_trigger where not tgisinternal order by 1",
  );
  return { rows: rows.map((result) => result.rows), next: next.rows, rules: rules.rows };
}

describe('backup and restore', () => {
  it('bring back every row, sequence, key and trigger exactly', async () => {
    await fillHouse();
    expect(await backup(source.connection, file)).toEqual({ schema: 1, tables: 4, rows: 7 });
    expect(await restore(target.connection, file, migrations)).toEqual({ schema: 1, tables: 4, rows: 7 });
    const before = await contents(source);
    expect(await contents(target)).toEqual(before);
    expect(JSON.stringify(before)).toContain('from the migration');
    // What is restored is a database to go on with.
    expect(await migrate(target.pool, migrations)).toEqual({ from: 1, to: 1 });
    await expect(target.pool.query('insert into room (house) values (1)')).rejects.toThrow(/foreign key/);
  });

  it("round-trips the project's own schema", async () => {
    await using real = await testDatabase();
    const content = Buffer.from('{"a":1}\0');
    await real.pool.query(
      "insert into raw_record (source, content, content_hash, identity, received_at) values ('falco', $1, 'h', 'i', now())",
      [content],
    );
    await backup(real.connection, file);
    await restore(target.connection, file);
    const { rows } = await target.pool.query('select id, source, content from raw_record');
    expect(rows).toEqual([{ id: '1', source: 'falco', content }]);
    const { rows: added } = await target.pool.query(
      "insert into raw_record (source, content, content_hash, received_at) values ('falco', '', 'h', now()) returning id",
    );
    expect(added).toEqual([{ id: '2' }]);
  });

  it('save one moment, while rows are being added', async () => {
    writeFileSync(join(migrations, '0001-pair.sql'), 'create table a (n int); create table b (n int);');
    await migrate(source.pool, migrations);
    const client = quietClient(source.connection);
    await client.connect();
    let saved = false;
    const writing = (async () => {
      // In each commit both tables grow by one.
      for (let n = 0; !saved; n++)
        await client.query(`begin; insert into a values (${n}); insert into b values (${n}); commit`);
    })();
    for (let round = 0; round < 5; round++) await backup(source.connection, file);
    saved = true;
    await writing;
    await client.end();
    await restore(target.connection, file, migrations);
    const { rows } = await target.pool.query<{ a: string; b: string }>(
      'select (select count(*) from a) as a, (select count(*) from b) as b',
    );
    expect(Number(rows[0]?.a)).toBeGreaterThan(0);
    expect(rows[0]?.a).toBe(rows[0]?.b);
  });

  it('stream: a value larger than a piece, and more rows than a block', async () => {
    writeFileSync(join(migrations, '0001-big.sql'), 'create table big (id int, bytes bytea)');
    await migrate(source.pool, migrations);
    await source.pool.query(
      "insert into big select n, decode(repeat(md5(n::text), 200), 'hex') from generate_series(1, 3000) n",
    );
    await source.pool.query('insert into big values (0, $1)', [Buffer.alloc(9_000_000, 'abc')]);
    await backup(source.connection, file);
    await restore(target.connection, file, migrations);
    const sum = 'select count(*), md5(string_agg(md5(bytes), $1 order by id)) from big';
    expect((await target.pool.query(sum, [''])).rows).toEqual((await source.pool.query(sum, [''])).rows);
  });
});

describe('backup', () => {
  it('leaves only the whole file, readable by its owner alone, and replaces an earlier one', async () => {
    await fillHouse();
    writeFileSync(file, 'earlier', { mode: 0o644 });
    await backup(source.connection, file);
    expect((await checkBackup(file)).schema).toBe(1);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(dir).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('keeps the earlier file when the database goes away in the middle', async () => {
    await fillHouse();
    await backup(source.connection, file);
    const earlier = readFileSync(file);
    // The backup has written the tables before `room` when it comes to wait for this lock.
    const locker = await source.pool.connect();
    await locker.query('begin; lock table room in access exclusive mode');
    const failing = backup(source.connection, file);
    const ended = expect(failing).rejects.toThrow();
    const waiting = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    await expect.poll(async () => (await source.pool.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
    await source.pool.query(`select pg_terminate_backend(pid) from (${waiting}) as waiting`);
    await ended;
    await locker.query('rollback');
    locker.release();
    expect(readFileSync(file)).toEqual(earlier);
    expect(readdirSync(dir).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('says so when the file cannot be written', async () => {
    await fillHouse();
    const nowhere = join(dir, 'no', 'such', 'folder');
    await expect(backup(source.connection, nowhere)).rejects.toThrow(
      `The backup ${nowhere} cannot be written (ENOENT).`,
    );
  });
});

describe('restore refuses, and leaves the database empty,', () => {
  async function refused(reason: RegExp): Promise<void> {
    await expect(restore(target.connection, file, migrations)).rejects.toThrow(reason);
    const { rows } = await target.pool.query("select tablename from pg_tables where schemaname = 'public'");
    expect(rows).toEqual([]);
  }

  it('a database that has tables', async () => {
    await fillHouse();
    await backup(source.connection, file);
    await expect(restore(source.connection, file, migrations)).rejects.toThrow(
      /The database is not empty: it has the table empty\./,
    );
    expect((await source.pool.query('select count(*)::int as n from house')).rows).toEqual([{ n: 3 }]);
  });

  it('a file cut short, with any byte changed, or with something after its end', async () => {
    await fillHouse();
    await backup(source.connection, file);
    const whole = readFileSync(file);
    truncateSync(file, whole.length - 20);
    await refused(/is not a whole backup/);
    const plain = zstdDecompressSync(whole);
    for (let at = 0; at < plain.length; at += 97) {
      const changed = Buffer.from(plain);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(file, zstdCompressSync(changed));
      await expect(checkBackup(file)).rejects.toThrow(/is not a whole backup/);
    }
    writeFileSync(file, zstdCompressSync(plain.subarray(0, -37)));
    await refused(/it ends in the middle/);
    writeFileSync(file, zstdCompressSync(Buffer.concat([plain, plain])));
    await refused(/it goes on after its end/);
  });

  it('a file that is no backup, and one that is not there', async () => {
    writeFileSync(file, 'hello');
    await refused(/is not a whole backup of Yagura: it cannot be decompressed/);
    rmSync(file);
    await refused(/cannot be read \(ENOENT\)/);
    expect(existsSync(file)).toBe(false);
  });

  it('a newer schema, and one whose migrations were other files', async () => {
    await fillHouse();
    writeFileSync(join(migrations, '0002-more.sql'), 'create table more (id int)');
    await migrate(source.pool, migrations);
    await backup(source.connection, file);
    rmSync(join(migrations, '0002-more.sql'));
    await refused(/was written by a newer Yagura \(schema 2, this one knows 1\)/);
    writeFileSync(join(migrations, '0002-more.sql'), 'create table more (id bigint)');
    await refused(/Migration 2 \(more\) is not the one/);
  });

  it('rows that the schema does not take, with the reason of the server', async () => {
    await fillHouse();
    await source.pool.query('create table foreigner (id int)');
    await backup(source.connection, file);
    await refused(/cannot be restored: relation "public\.foreigner" does not exist/);
  });

  it('but takes an older schema, which is then brought up to date', async () => {
    await fillHouse();
    await backup(source.connection, file);
    writeFileSync(join(migrations, '0002-more.sql'), 'create table more as select count(*)::int as houses from house');
    await restore(target.connection, file, migrations);
    expect(await migrate(target.pool, migrations)).toEqual({ from: 1, to: 2 });
    expect((await target.pool.query('select houses from more')).rows).toEqual([{ houses: 3 }]);
  });
});
