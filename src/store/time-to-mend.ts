import type { Policy } from '../domain/policy.ts';
import type { Severity } from '../domain/severity.ts';
import { isPressing, timeToMend } from '../domain/vulnerability.ts';
import type { Sql, Store } from '../ports/store.ts';
import { mendFacts } from './mend-facts.ts';

/** Open vulnerabilities that are looked at in one go. */
const batch = 500;

/** Issues that are sent again because their day is over, at a time. */
const dueLimit = 5_000;

interface Mendable {
  id: string;
  severity: Severity;
  pressing: boolean;
  openedAt: Date;
  backAt: Date | null;
}

/**
 * Days and urgency of these incidents, as far as they are open vulnerabilities, by the policy. Returns those that are
 * pressing now and were not before.
 */
export async function setTimesToMend(
  tx: Sql,
  policy: Pick<Policy, 'vulnerabilities' | 'context'>,
  incidents: readonly string[],
): Promise<string[]> {
  if (incidents.length === 0) return [];
  // It began with the advisory alone.
  await tx.query(
    `update incident i set kind = 'vulnerability' where i.id = any($1::bigint[]) and i.kind = 'advisory'
       and exists (select 1 from alert a where a.incident_id = i.id and a.kind = 'vulnerability')`,
    [incidents],
  );
  const found = await tx.query<Mendable>(
    `select id, severity, pressing, opened_at as "openedAt", back_at as "backAt" from incident
     where id = any($1::bigint[]) and kind = 'vulnerability' and status = 'open'`,
    [incidents],
  );
  const facts = await mendFacts(
    tx,
    found.rows.map(({ id }) => id),
    policy,
  );
  const standings = found.rows.flatMap((incident) => {
    const places = facts.get(incident.id);
    if (places === undefined || places.open === 0) return [];
    const { backAt, ...opened } = incident;
    const stands = { ...opened, ...(backAt && { backAt }) };
    return [{ id: incident.id, ...timeToMend(stands, places, policy.vulnerabilities) }];
  });
  await tx.query(
    `update incident i set due_at = s.due, pressing = s.pressing
     from unnest($1::bigint[], $2::timestamptz[], $3::boolean[]) as s(id, due, pressing) where i.id = s.id
       and (i.due_at is distinct from s.due or i.pressing <> s.pressing)`,
    [standings.map((one) => one.id), standings.map((one) => one.due), standings.map(isPressing)],
  );
  const before = new Set(found.rows.filter(({ pressing }) => pressing).map(({ id }) => id));
  return standings.filter((one) => isPressing(one) && !before.has(one.id)).map(({ id }) => id);
}

/** All open ones, under another policy; what is to be done about those that are pressing since, in one with it. */
export async function setAllTimesToMend(
  store: Store,
  policy: Pick<Policy, 'vulnerabilities' | 'context'>,
  pressingSince: (tx: Sql, incidents: string[]) => Promise<void>,
): Promise<void> {
  for (let after = '0'; ; ) {
    const found = await store.query<{ id: string }>(
      `select id from incident where status = 'open' and kind = 'vulnerability' and id > $1 order by id limit $2`,
      [after, batch],
    );
    const ids = found.rows.map(({ id }) => id);
    await store.transaction(async (tx) => pressingSince(tx, await setTimesToMend(tx, policy, ids)));
    const last = ids.at(-1);
    if (last === undefined || ids.length < batch) return;
    after = last;
  }
}

/** Open incidents whose day came after one time and not after another. */
export async function dueBetween(sql: Sql, after: Date, until: Date): Promise<string[]> {
  const found = await sql.query<{ id: string }>(
    `select id from incident where status = 'open' and due_at > $1 and due_at <= $2 order by id limit $3`,
    [after, until, dueLimit],
  );
  return found.rows.map(({ id }) => id);
}
