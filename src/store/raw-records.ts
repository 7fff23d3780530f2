import { bytesIdentityMs, type IncomingRecord, type StoredRecord } from '../domain/record.ts';
import type { Sql, Store } from '../ports.ts';

/** Stores records in one transaction; a record whose identity is known is a duplicate and gets the first one's id. */
export async function writeRecords(store: Store, at: Date, records: IncomingRecord[]): Promise<StoredRecord[]> {
  const first = new Map<string, IncomingRecord>();
  for (const record of records) if (!first.has(record.identity)) first.set(record.identity, record);
  const distinct = [...first.values()];
  const ids = await store.transaction(async (tx) => {
    const fresh = await insert(tx, at, distinct);
    const known = distinct.filter((r) => !fresh.has(r.identity));
    if (known.length === 0) return { fresh, old: new Map<string, string>() };
    const { old, expired } = await lookUp(tx, at, known);
    for (const [identity, id] of await insert(tx, at, expired)) fresh.set(identity, id);
    return { fresh, old };
  });
  const given = new Set<string>();
  return records.map((record) => {
    const fresh = ids.fresh.get(record.identity);
    const duplicate = fresh === undefined || given.has(record.identity);
    given.add(record.identity);
    return { id: fresh ?? ids.old.get(record.identity) ?? '', duplicate };
  });
}

async function insert(tx: Sql, at: Date, records: IncomingRecord[]): Promise<Map<string, string>> {
  if (records.length === 0) return new Map();
  const done = await tx.query<{ id: string; identity: string }>(
    `insert into raw_record (source, content, content_hash, identity, received_at, origin)
     select s, c, h, i, $5, o from unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $6::jsonb[]) as t(s, c, h, i, o)
     on conflict (identity) do nothing returning id, identity`,
    [
      records.map((r) => r.source),
      records.map((r) => r.content),
      records.map((r) => r.contentHash),
      records.map((r) => r.identity),
      at,
      records.map((r) => r.origin),
    ],
  );
  return new Map(done.rows.map((row) => [row.identity, row.id]));
}

/** Known identities; those that were only bytes and are over a day old give theirs up. */
async function lookUp(
  tx: Sql,
  at: Date,
  records: IncomingRecord[],
): Promise<{ old: Map<string, string>; expired: IncomingRecord[] }> {
  const found = await tx.query<{ id: string; identity: string; received_at: Date }>(
    'select id, identity, received_at from raw_record where identity = any($1)',
    [records.map((r) => r.identity)],
  );
  const rows = new Map(found.rows.map((row) => [row.identity, row]));
  const expired = records.filter((r) => {
    const row = rows.get(r.identity);
    return r.byBytes && row !== undefined && at.getTime() - row.received_at.getTime() > bytesIdentityMs;
  });
  if (expired.length > 0)
    await tx.query('update raw_record set identity = null where identity = any($1)', [expired.map((r) => r.identity)]);
  return { old: new Map(found.rows.map((row) => [row.identity, row.id])), expired };
}
