import { describe, expect, it } from 'vitest';
import { bytesIdentityMs, type IncomingRecord } from '../../src/domain/record.ts';
import type { Store } from '../../src/ports.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { createStore } from '../../src/store/store.ts';
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
