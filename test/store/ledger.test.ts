import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/domain/ledger.ts';
import type { Store } from '../../src/ports/store.ts';
import { appendLedger, verifyLedger } from '../../src/store/ledger.ts';
import { createStore } from '../../src/store/store.ts';
import { testDatabase } from './postgres.ts';

const at = new Date('2026-03-01T12:00:00.123Z');
const commit = 'c'.repeat(40);

function entries(count: number): LedgerEntry[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: 'alert',
    incidentId: String(n),
    body: { n, text: `row ${n}` },
  }));
}

async function within(work: (store: Store) => Promise<void>): Promise<void> {
  await using database = await testDatabase();
  await work(createStore(database.pool));
}

/** Somebody with all rights on the database who does not want to be seen. */
async function tamper(store: Store, ...statements: string[]): Promise<void> {
  await store.query('alter table ledger disable trigger ledger_append_only');
  for (const statement of statements) await store.query(statement);
  await store.query('alter table ledger enable trigger ledger_append_only');
}

describe('the ledger', () => {
  it('verifies while it is empty and after every append', () =>
    within(async (store) => {
      expect(await verifyLedger(store)).toEqual({ ok: true, rows: 0, hash: 'yagura' });
      await appendLedger(store, at, commit, []);
      await appendLedger(store, at, commit, entries(3));
      await appendLedger(store, at, commit, [{ kind: 'verdict', incidentId: null, body: {} }]);
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 4 });
    }));

  it('verifies whatever was written into it', () =>
    within(async (store) => {
      const body = fc.dictionary(
        fc.string(),
        fc.jsonValue().filter((v) => !JSON.stringify(v).includes('\\u0000')),
      );
      const kept = body.filter((b) => !JSON.stringify(b).includes('\\u0000'));
      const drawn = fc.sample(kept, { numRuns: 200, seed: 7 });
      await appendLedger(
        store,
        at,
        commit,
        drawn.map((one) => ({ kind: 'evidence', incidentId: '1', body: one })),
      );
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 200 });
      const rows = await store.query<{ body: string }>('select body from ledger order by seq');
      expect(rows.rows.map((row) => JSON.parse(row.body))).toEqual(drawn.map((one) => JSON.parse(JSON.stringify(one))));
    }));

  it('is one chain however many append at once', () =>
    within(async (store) => {
      const append = () => store.transaction((tx) => appendLedger(tx, at, commit, entries(5)));
      await Promise.all(Array.from({ length: 20 }, append));
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 100 });
    }));

  it('has nothing of a transaction that was rolled back', () =>
    within(async (store) => {
      await appendLedger(store, at, commit, entries(1));
      const failing = store.transaction(async (tx) => {
        await appendLedger(tx, at, commit, entries(2));
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await appendLedger(store, at, commit, entries(1));
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 2 });
    }));

  it('of 10,000 rows verifies, in pages of any size, while others append', () =>
    within(async (store) => {
      await appendLedger(store, at, commit, entries(10_000));
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 10_000 });
      const appending = (async () => {
        for (let n = 0; n < 20; n += 1) await store.transaction((tx) => appendLedger(tx, at, commit, entries(1)));
      })();
      const verdicts = await Promise.all([333, 500, 2000, 10_000, 10_001].map((size) => verifyLedger(store, size)));
      await appending;
      for (const verdict of verdicts) expect(verdict).toMatchObject({ ok: true });
      expect(await verifyLedger(store, 10_020)).toMatchObject({ ok: true, rows: 10_020 });
    }));

  it('cannot be changed, shortened or emptied by a statement', () =>
    within(async (store) => {
      await appendLedger(store, at, commit, entries(2));
      for (const statement of [
        `update ledger set body = '{}' where seq = 1`,
        'update ledger set body = body where seq = 99',
        'delete from ledger where seq = 2',
        'truncate ledger',
      ])
        await expect(store.query(statement)).rejects.toThrow('the ledger is append-only');
      expect(await verifyLedger(store)).toMatchObject({ ok: true, rows: 2 });
    }));
});

describe('verify', () => {
  const grown = async (store: Store) => appendLedger(store, at, commit, entries(20));

  it.each([
    ['its body', `update ledger set body = '{"n":6}' where seq = 7`],
    ['its time', `update ledger set at = at + interval '1 millisecond' where seq = 7`],
    ['its kind', `update ledger set kind = 'repeat' where seq = 7`],
    ['its incident', 'update ledger set incident_id = 99 where seq = 7'],
    ['its incident to none', 'update ledger set incident_id = null where seq = 7'],
    ['its policy commit', `update ledger set policy_commit = 'other' where seq = 7`],
    ['its hash', `update ledger set hash = repeat('0', 64) where seq = 7`],
  ])('finds a row with %s changed', (_, statement) =>
    within(async (store) => {
      await grown(store);
      await tamper(store, statement);
      expect(await verifyLedger(store, 6)).toEqual({ ok: false, seq: 7, problem: 'row 7 was changed' });
    }),
  );

  it.each([
    ['the first row', 1],
    ['a row in the middle', 7],
  ])('finds %s missing', (_, seq) =>
    within(async (store) => {
      await grown(store);
      await tamper(store, `delete from ledger where seq = ${seq}`);
      expect(await verifyLedger(store, 6)).toEqual({ ok: false, seq, problem: `row ${seq} is missing` });
    }),
  );

  it('finds two rows swapped', () =>
    within(async (store) => {
      await grown(store);
      await tamper(
        store,
        'update ledger set seq = -1 where seq = 7',
        'update ledger set seq = 7 where seq = 8',
        'update ledger set seq = 8 where seq = -1',
      );
      expect(await verifyLedger(store)).toEqual({ ok: false, seq: 7, problem: 'row 7 was changed' });
    }));

  it.each([
    ['the last row', 'delete from ledger where seq = 20', 20],
    ['the last half', 'delete from ledger where seq > 10', 11],
    ['all rows', 'delete from ledger', 1],
  ])('finds %s missing', (_, statement, seq) =>
    within(async (store) => {
      await grown(store);
      await tamper(store, statement);
      const problem = `row ${seq} or a later one is missing`;
      for (const size of [5, 6, 5000]) expect(await verifyLedger(store, size)).toEqual({ ok: false, seq, problem });
    }),
  );

  it.each([
    ['moved back', 'update ledger_head set seq = 19'],
    ['given another hash', `update ledger_head set hash = repeat('0', 64)`],
    ['taken away', 'delete from ledger_head'],
  ])('finds the head %s', (_, statement) =>
    within(async (store) => {
      await grown(store);
      await store.query(statement);
      expect(await verifyLedger(store)).toMatchObject({
        ok: false,
        seq: 21,
        problem: expect.stringContaining('the head'),
      });
    }),
  );
});
