import type { Evidence } from '../domain/evidence.ts';
import type { Sql } from '../ports/store.ts';

type EvidenceRow = Omit<Evidence, 'id' | 'incidentId'> & { incident_id: string; number: number };

/** Evidence of an incident in order of number. */
export async function loadEvidence(sql: Sql, incident: string): Promise<Evidence[]> {
  const found = await sql.query<EvidenceRow>('select * from evidence where incident_id = $1 order by number', [
    incident,
  ]);
  return found.rows.map(({ incident_id, number, ...rest }) => ({ ...rest, id: `E${number}`, incidentId: incident_id }));
}

/** Adds evidence under the numbers it carries. */
export async function saveEvidence(tx: Sql, incident: string, evidence: Evidence[]): Promise<void> {
  if (evidence.length === 0) return;
  const rows = evidence.map((e) => ({ ...e, incident_id: incident, number: Number(e.id.slice(1)) }));
  await tx.query(
    `insert into evidence (incident_id, number, tool, query, outcome, summary, result, trust, at, hash)
     select incident_id, number, tool, query, outcome, summary, result, trust, at, hash
     from jsonb_to_recordset($1::jsonb) as t(incident_id bigint, number int, tool text, query jsonb, outcome text,
       summary jsonb, result jsonb, trust text, at timestamptz, hash text)`,
    [JSON.stringify(rows)],
  );
}
