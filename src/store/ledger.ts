import { canonicalJson } from '../domain/canonical.ts';
import { type LedgerEntry, type LedgerRow, ledgerGenesis, ledgerHash } from '../domain/ledger.ts';
import type { Sql } from '../ports/store.ts';

/**
 * Appends entries in order, in the caller's transaction. Takes the head's row lock, so call it last: everything
 * after it waits for whoever else appends.
 */
export async function appendLedger(tx: Sql, at: Date, policyCommit: string, entries: LedgerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const head = await tx.query<{ seq: string; hash: string }>('select seq, hash from ledger_head for update');
  let seq = Number(head.rows[0]?.seq ?? 0);
  let hash = head.rows[0]?.hash ?? ledgerGenesis;
  const rows = entries.map((entry) => {
    seq += 1;
    const row = {
      seq,
      at: at.toISOString(),
      kind: entry.kind,
      incidentId: entry.incidentId,
      policyCommit,
      body: canonicalJson(entry.body),
    };
    hash = ledgerHash(hash, row);
    return { ...row, hash };
  });
  await tx.query(
    `insert into ledger (seq, at, kind, incident_id, policy_commit, body, hash)
     select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])`,
    [
      rows.map((r) => r.seq),
      rows.map((r) => r.at),
      rows.map((r) => r.kind),
      rows.map((r) => r.incidentId),
      rows.map((r) => r.policyCommit),
      rows.map((r) => r.body),
      rows.map((r) => r.hash),
    ],
  );
  await tx.query('update ledger_head set seq = $1, hash = $2', [seq, hash]);
}

function headProblem(rows: number, head: number): string {
  if (head > rows) return `row ${rows + 1} or a later one is missing`;
  return `the head of the ledger was changed: it does not stand at row ${rows}`;
}

export type LedgerVerdict = { ok: true; rows: number; hash: string } | { ok: false; seq: number; problem: string };

/** Walks the whole chain in pages; names the first row that is changed or missing. Others may append meanwhile. */
export async function verifyLedger(sql: Sql, pageSize = 5000): Promise<LedgerVerdict> {
  // Rows and head move in one transaction, so what this statement sees is whole whoever appends meanwhile.
  const found = await sql.query<{ seq: string | null; hash: string | null; last: string | null }>(
    'select h.seq, h.hash, l.last from (select max(seq) as last from ledger) l left join ledger_head h on true',
  );
  const head = found.rows[0];
  const end = Math.max(Number(head?.seq ?? 0), Number(head?.last ?? 0));
  let hash: string = ledgerGenesis;
  let seq = 0;
  while (seq < end) {
    const page = await sql.query<Omit<LedgerRow, 'at' | 'seq'> & { at: Date; seq: string }>(
      `select seq, at, kind, incident_id as "incidentId", policy_commit as "policyCommit", body, hash
       from ledger where seq > $1 and seq <= $2 order by seq limit $3`,
      [seq, end, pageSize],
    );
    if (page.rows.length === 0) break;
    for (const row of page.rows) {
      if (Number(row.seq) !== seq + 1) return { ok: false, seq: seq + 1, problem: `row ${seq + 1} is missing` };
      seq += 1;
      const expected = ledgerHash(hash, { ...row, seq, at: row.at.toISOString() });
      if (expected !== row.hash) return { ok: false, seq, problem: `row ${seq} was changed` };
      hash = expected;
    }
  }
  if (Number(head?.seq) === seq && head?.hash === hash) return { ok: true, rows: seq, hash };
  return { ok: false, seq: seq + 1, problem: headProblem(seq, Number(head?.seq)) };
}
