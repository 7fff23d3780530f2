import type { Sql } from '../ports/store.ts';

/** Hash of a recommendation as the ledger says GitHub confirmed it; undefined when it never did. */
export async function confirmedHash(sql: Sql, incident: string, recommendation: string): Promise<string | undefined> {
  const found = await sql.query<{ body: string }>(
    `select body from ledger where incident_id = $1 and kind = 'recommendation.confirmed' order by seq`,
    [incident],
  );
  for (const row of found.rows) {
    const body = JSON.parse(row.body) as { recommendation?: string; hash?: string };
    if (body.recommendation === recommendation) return body.hash;
  }
  return undefined;
}
