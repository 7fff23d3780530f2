import type { Evidence } from '../domain/evidence.ts';
import type { Sql } from '../ports.ts';

type EvidenceRow = Omit<Evidence, 'id' | 'incidentId'> & { incident_id: string; number: number };

/** Evidence of an incident in order of number. */
export async function loadEvidence(sql: Sql, incident: string): Promise<Evidence[]> {
  const found = await sql.query<EvidenceRow>('select * from evidence where incident_id = $1 order by number', [
    incident,
  ]);
  return found.rows.map(({ incident_id, number, ...rest }) => ({ ...rest, id: `E${number}`, incidentId: incident_id }));
}
