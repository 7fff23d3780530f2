import type { Sql } from '../ports/store.ts';

/** Incidents an hour whose comment mentions people because they are exploited and exposed: one list may name hundreds. */
const mentionsAnHour = 5;

const hourMs = 3_600_000;

/** Takes one of the hour's mentions for an incident that is pressing; false when they are used up. */
export async function takePressingMention(tx: Sql, now: Date, incident: string): Promise<boolean> {
  const taken = await tx.query(
    `update incident set pressing_mentioned_at = $2 where id = $1
       and (select count(*) from incident o where o.pressing_mentioned_at > $3) < $4`,
    [incident, now, new Date(now.getTime() - hourMs), mentionsAnHour],
  );
  return taken.rowCount > 0;
}
