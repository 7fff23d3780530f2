import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { createStore } from '../../src/store/store.ts';
import { testDatabase } from './postgres.ts';

const put = "insert into setting (key, value) values ($1, '1')";

async function within(work: (store: Store) => Promise<void>): Promise<void> {
  await using database = await testDatabase();
  await work(createStore(database.pool));
}

async function keys(store: Store): Promise<string[]> {
  return (await store.query<{ key: string }>('select key from setting order by key')).rows.map((row) => row.key);
}

describe('a transaction', () => {
  it('is seen whole by others once it is done, and not before', () =>
    within(async (store) => {
      const answer = await store.transaction(async (tx) => {
        await tx.query(put, ['a']);
        await tx.query(put, ['b']);
        expect(await keys(store)).toEqual([]);
        return 42;
      });
      expect([answer, await keys(store)]).toEqual([42, ['a', 'b']]);
    }));

  it('leaves nothing when it throws, and throws the same', () =>
    within(async (store) => {
      const thrown = new Error('no');
      const failing = store.transaction(async (tx) => {
        await tx.query(put, ['a']);
        throw thrown;
      });
      await expect(failing).rejects.toBe(thrown);
      expect(await keys(store)).toEqual([]);
    }));

  it('never passes for done when one of its statements failed unheard', () =>
    within(async (store) => {
      const swallowing = store.transaction(async (tx) => {
        await tx.query(put, ['a']);
        await tx.query('select 1 / 0').catch(() => undefined);
      });
      await expect(swallowing).rejects.toThrow('rolled back');
      expect(await keys(store)).toEqual([]);
    }));

  it('fails when its connection is cut, and the next one works', () =>
    within(async (store) => {
      const cut = store.transaction(async (tx) => {
        const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
        await tx.query(put, ['lost']);
        await store.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await expect
          .poll(
            async () => (await store.query('select 1 from pg_stat_activity where pid = $1', [rows[0]?.pid])).rowCount,
          )
          .toBe(0);
        await tx.query(put, ['never']);
      });
      await expect(cut).rejects.toThrow();
      for (let n = 0; n < 12; n += 1) await store.transaction((tx) => tx.query(put, [`n${n}`]));
      expect(await keys(store)).toHaveLength(12);
    }));
});

describe('a row', () => {
  it('has numbers of 64 bits as text and moments as dates, with a count of what was touched', () =>
    within(async (store) => {
      const { rows, rowCount } = await store.query(
        `select 9007199254740993::bigint as id, 7::int as n, '2026-03-01T12:00:00.123Z'::timestamptz as at, null as none`,
      );
      expect(rows).toEqual([{ id: '9007199254740993', n: 7, at: new Date('2026-03-01T12:00:00.123Z'), none: null }]);
      expect(rowCount).toBe(1);
      expect((await store.query('delete from setting')).rowCount).toBe(0);
    }));
});
