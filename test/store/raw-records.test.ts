import { describe, expect, it } from 'vitest';
import { bytesIdentityMs, type IncomingRecord } from '../../src/domain/record.ts';
import type { Store } from '../../src/ports/store.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { createStore } from '../../src/store/store.ts';
import { lockAwaited } from './lock-awaited.ts';
import { testDatabase } from './postgres.ts';

const at = new Date('2026-03-01T12:00:00Z');

function record(identity: string, change: Partial<IncomingRecord> = {}): IncomingRecord {
  const content = Buffer.from(`{"of":"${identity}"}`);
  return {
    source: 'camera',
    content,
    contentHash: `hash-${identity}`,
    identity,
    byBytes: true,
    origin: null,
    ...change,
  };
}

async function within(work: (store: Store) => Promise<void>): Promise<void> {
  await using database = await testDatabase();
  await work(createStore(database.pool));
}

describe('raw records', () => {
  it('are stored as they are: every byte, their source, hash, time and origin', () =>
    within(async (store) => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
      const records = [
        record('empty', { content: Buffer.alloc(0) }),
        record('bytes', { content: bytes, origin: { repository: 7, text: 'a "b" {c}\\' } }),
        record('last'),
      ];
      const stored = await writeRecords(store, at, records);
      const { rows } = await store.query(
        'select id, source, content, content_hash as hash, received_at as at, origin from raw_record order by id',
      );
      expect(rows).toEqual([
        { id: stored[0]?.id, source: 'camera', content: Buffer.alloc(0), hash: 'hash-empty', at, origin: null },
        { id: stored[1]?.id, source: 'camera', content: bytes, hash: 'hash-bytes', at, origin: records[1]?.origin },
        {
          id: stored[2]?.id,
          source: 'camera',
          content: Buffer.from('{"of":"last"}'),
          hash: 'hash-last',
          at,
          origin: null,
        },
      ]);
    }));

  it('get ids that grow in the order they came', () =>
    within(async (store) => {
      const ids: bigint[] = [];
      for (let n = 0; n < 5; n += 1) {
        const batch = Array.from({ length: 50 }, (_, k) => record(`r${n}-${k}`));
        ids.push(...(await writeRecords(store, at, [record('r0-0'), ...batch])).slice(1).map((s) => BigInt(s.id)));
      }
      const fresh = ids.filter((id, k) => ids.indexOf(id) === k);
      expect(fresh).toEqual([...fresh].sort((a, b) => (a < b ? -1 : 1)));
      const { rows } = await store.query<{ content: Buffer }>('select content from raw_record order by id');
      expect(rows.slice(0, 3).map((r) => r.content.toString())).toEqual([
        '{"of":"r0-0"}',
        '{"of":"r0-1"}',
        '{"of":"r0-2"}',
      ]);
      expect(rows).toHaveLength(250);
    }));

  it('of one identity are one, the others duplicates with its id, wherever they stand in the batch', () =>
    within(async (store) => {
      const [a] = await writeRecords(store, at, [record('a')]);
      const stored = await writeRecords(store, at, [record('b'), record('a'), record('b'), record('c')]);
      expect(stored.map((s) => s.duplicate)).toEqual([false, true, true, false]);
      expect(stored[1]?.id).toBe(a?.id);
      expect(stored[2]?.id).toBe(stored[0]?.id);
      expect(stored.every((s) => s.id !== '')).toBe(true);
    }));

  it('known by their bytes are new again after their time; those known by an id never are', () =>
    within(async (store) => {
      const [a, b] = await writeRecords(store, at, [record('a'), record('b', { byBytes: false })]);
      const later = new Date(at.getTime() + bytesIdentityMs + 1);
      const again = await writeRecords(store, later, [record('a'), record('b', { byBytes: false }), record('a')]);
      expect(again.map((s) => s.duplicate)).toEqual([false, true, true]);
      expect(again[0]?.id).not.toBe(a?.id);
      expect([again[1]?.id, again[2]?.id]).toEqual([b?.id, again[0]?.id]);
    }));

  it('sent ten times at once are stored once', () =>
    within(async (store) => {
      const batch = Array.from({ length: 20 }, (_, n) => record(`r${n}`));
      const results = await Promise.all(Array.from({ length: 10 }, () => writeRecords(store, at, batch)));
      expect(results.flat().filter((s) => !s.duplicate)).toHaveLength(20);
      for (const result of results) expect(result.map((s) => s.id)).toEqual(results[0]?.map((s) => s.id));
    }));
});

describe('many raw records at once', () => {
  const many = (name: string, count = 200) => Array.from({ length: count }, (_, n) => record(`${name}-${n}`));

  it('are stored as they are, with ids in the order they came', () =>
    within(async (store) => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
      const records = [
        record('empty', { content: Buffer.alloc(0) }),
        record('櫓', { source: '見張り', content: bytes, origin: { repository: 7, text: 'a "b" {c}\\ 櫓' } }),
        ...many('plain'),
      ];
      const stored = await writeRecords(store, at, records);
      const { rows } = await store.query(
        `select id, source, content, content_hash as "contentHash", identity, received_at as at, origin
         from raw_record order by id`,
      );
      expect(rows).toEqual(records.map(({ byBytes, ...rest }, k) => ({ id: stored[k]?.id, at, ...rest })));
      expect(stored.some((s) => s.duplicate)).toBe(false);
    }));

  it('are stored once when some of them were there, stand in it twice, or have run out', () =>
    within(async (store) => {
      const [a] = await writeRecords(store, at, [record('many-7', { byBytes: false }), record('many-9')]);
      const later = new Date(at.getTime() + bytesIdentityMs + 1);
      const batch = [...many('many'), record('many-3')].with(7, record('many-7', { byBytes: false }));
      const stored = await writeRecords(store, later, batch);
      expect(stored.flatMap((s, k) => (s.duplicate ? [k] : []))).toEqual([7, 200]);
      expect([stored[7]?.id, stored[200]?.id]).toEqual([a?.id, stored[3]?.id]);
      const again = await writeRecords(store, later, batch);
      expect(again.map((s) => s.id)).toEqual(stored.map((s) => s.id));
      expect(again.every((s) => s.duplicate)).toBe(true);
      expect((await store.query('select from raw_record')).rowCount).toBe(201);
    }));

  it('sent several times at once are stored once', () =>
    within(async (store) => {
      const results = await Promise.all(Array.from({ length: 5 }, () => writeRecords(store, at, many('r'))));
      expect(results.flat().filter((s) => !s.duplicate)).toHaveLength(200);
      for (const result of results) expect(result.map((s) => s.id)).toEqual(results[0]?.map((s) => s.id));
    }));

  it('get each its own id when several writers store at once', () =>
    within(async (store) => {
      const batches = Array.from({ length: 12 }, (_, n) => many(`w${n}`));
      const stored = await Promise.all(batches.map((batch) => writeRecords(store, at, batch)));
      const { rows } = await store.query<{ id: string; identity: string }>('select id, identity from raw_record');
      const ids = new Map(rows.map((row) => [row.identity, row.id]));
      expect(stored.flat().map((s) => s.id)).toEqual(batches.flat().map((r) => ids.get(r.identity)));
    }));

  it('whose connection ends are not stored, and can be sent again', () =>
    within(async (store) => {
      await store.transaction(async (tx) => {
        await tx.query('lock table raw_record');
        const refused = expect(writeRecords(store, at, many('r'))).rejects.toThrow('terminating connection');
        await lockAwaited({ rows: async <Row>(text: string) => (await store.query<Row>(text)).rows });
        await store.query(`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`);
        await refused;
      });
      expect((await writeRecords(store, at, many('r'))).some((s) => s.duplicate)).toBe(false);
    }));
});
