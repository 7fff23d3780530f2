import { bytesIdentityMs, type IncomingRecord, type StoredRecord } from '../domain/record.ts';
import type { Sql, Store } from '../ports/store.ts';
import { copiedColumns, encodeRecords } from './encode-records.ts';

/** Held, shared, by every insert of raw records; the reader takes it alone for a moment, see `insertsDone`. */
const insertLock = 924874;

/** Fewer records than these are not worth the second trip to the database that `copy` takes. */
const fewestToCopy = 64;

/** PostgreSQL's code for a key that is there already. */
const uniqueViolation = '23505';

/**
 * Resolves when every insert that has an id by now is committed or given up, also one whose connection the app lost:
 * ids are given in order, so no record can appear later below one that could be read before.
 */
export async function insertsDone(sql: Sql): Promise<void> {
  await sql.query('select pg_advisory_xact_lock($1)', [insertLock]);
}

/**
 * Stores records; one whose identity is known is a duplicate and gets the first one's id. New records are one
 * transaction; what fails after it is found as a duplicate when it is sent again.
 */
export async function writeRecords(store: Store, at: Date, records: IncomingRecord[]): Promise<StoredRecord[]> {
  const first = new Map<string, IncomingRecord>();
  for (const record of records) if (!first.has(record.identity)) first.set(record.identity, record);
  const distinct = [...first.values()];
  const copied = distinct.length < fewestToCopy ? undefined : await copy(store, at, distinct);
  const fresh = copied ?? (await insert(store, at, distinct));
  const known = distinct.filter((r) => !fresh.has(r.identity));
  const old = known.length === 0 ? undefined : await store.transaction((tx) => takeKnown(tx, at, known, fresh));
  const given = new Set<string>();
  return records.map((record) => {
    const id = fresh.get(record.identity);
    const duplicate = id === undefined || given.has(record.identity);
    given.add(record.identity);
    return { id: id ?? old?.get(record.identity) ?? '', duplicate };
  });
}

/** Ids of records that were there already; those whose identity ran out are stored anew and added to `fresh`. */
async function takeKnown(
  tx: Sql,
  at: Date,
  known: IncomingRecord[],
  fresh: Map<string, string>,
): Promise<Map<string, string>> {
  const { old, expired } = await lookUp(tx, at, known);
  for (const [identity, id] of await insert(tx, at, expired)) fresh.set(identity, id);
  return old;
}

/**
 * New records by `copy`, which takes the database half the work of an insert; undefined, and nothing stored, when one of
 * them was there already. Their ids are the numbers between two we ask for, unless another session took one meanwhile.
 */
async function copy(store: Store, at: Date, records: IncomingRecord[]): Promise<Map<string, string> | undefined> {
  const answers = await store
    .copy<{ id: string }>(
      `select pg_advisory_xact_lock_shared(${insertLock});
       select nextval('raw_record_id_seq') as id;
       copy raw_record (${copiedColumns}) from stdin (format binary);
       select currval('raw_record_id_seq') as id`,
      encodeRecords(at, records),
    )
    .catch((error: { code?: unknown }) => {
      if (error.code !== uniqueViolation) throw error;
    });
  if (!answers) return undefined;
  const [before, last] = answers.flatMap(({ rows }) => (rows[0]?.id === undefined ? [] : [BigInt(rows[0].id)]));
  if (before !== undefined && last === before + BigInt(records.length))
    return new Map(records.map((r, k) => [r.identity, String(before + BigInt(k + 1))]));
  const { rows } = await findKnown(store, records);
  return new Map(rows.map((row) => [row.identity, row.id]));
}

function findKnown(sql: Sql, records: IncomingRecord[]) {
  return sql.query<{ id: string; identity: string; received_at: Date }>(
    'select id, identity, received_at from raw_record where identity = any($1)',
    [records.map((r) => r.identity)],
  );
}

/**
 * Their bytes go as one parameter that the database cuts up: an array of them would go as hexadecimal text, which
 * takes twice the room and most of the time.
 */
async function insert(sql: Sql, at: Date, records: IncomingRecord[]): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  let end = 0;
  const starts = records.map((r) => {
    const start = end + 1;
    end += r.content.length;
    return start;
  });
  const done = await sql.query<{ id: string; identity: string }>(
    `insert into raw_record (source, content, content_hash, identity, received_at, origin)
     select s, substring($2::bytea from f for l), h, i, $5, o
     from unnest($1::text[], $3::text[], $4::text[], $6::jsonb[], $7::int[], $8::int[]) as t(s, h, i, o, f, l)
       cross join (select pg_advisory_xact_lock_shared($9)::text as held offset 0) as before_any_id
     where held is not null
     on conflict (identity) do nothing returning id, identity`,
    [
      records.map((r) => r.source),
      Buffer.concat(records.map((r) => r.content)),
      records.map((r) => r.contentHash),
      records.map((r) => r.identity),
      at,
      records.map((r) => r.origin),
      starts,
      records.map((r) => r.content.length),
      insertLock,
    ],
    'insert-raw-records',
  );
  return new Map(done.rows.map((row) => [row.identity, row.id]));
}

/** Known identities; those that were only bytes and are over a day old give theirs up. */
async function lookUp(
  tx: Sql,
  at: Date,
  records: IncomingRecord[],
): Promise<{ old: Map<string, string>; expired: IncomingRecord[] }> {
  const found = await findKnown(tx, records);
  const rows = new Map(found.rows.map((row) => [row.identity, row]));
  const expired = records.filter((r) => {
    const row = rows.get(r.identity);
    return r.byBytes && row !== undefined && at.getTime() - row.received_at.getTime() > bytesIdentityMs;
  });
  if (expired.length > 0)
    await tx.query('update raw_record set identity = null where identity = any($1)', [expired.map((r) => r.identity)]);
  return { old: new Map(found.rows.map((row) => [row.identity, row.id])), expired };
}

/** By id, the hash of what is stored and the identity; an identity that ran out is left out. */
export async function loadIdentities(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, { contentHash: string; identity?: string }>> {
  const { rows } = await sql.query<{ id: string; hash: string; identity: string | null }>(
    'select id, content_hash as hash, identity from raw_record where id = any($1)',
    [ids],
  );
  return new Map(
    rows.map(({ id, hash, identity }) => [id, { contentHash: hash, ...(identity === null ? {} : { identity }) }]),
  );
}

/** Stores another content in a record's place. An identity that a later record has by now is that one's. */
export async function changeRecord(
  sql: Sql,
  id: string,
  { content, contentHash, identity }: Pick<IncomingRecord, 'content' | 'contentHash' | 'identity'>,
): Promise<void> {
  await sql.query(
    `update raw_record r set content = $2, content_hash = $3, identity = case when identity is null
       or exists (select from raw_record o where o.identity = $4 and o.id <> r.id) then null else $4 end
     where id = $1`,
    [id, content, contentHash, identity],
  );
}
