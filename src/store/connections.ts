import type { SourceDay } from '../domain/standing.ts';
import type { Sql } from '../ports/store.ts';

const dayMs = 24 * 3_600_000;

/** Days of which it is known how many issues were opened. */
const daysKept = 30;

/** Notes when a source was first heard of. */
export async function meetConnections(tx: Sql, first: ReadonlyMap<string, Date>): Promise<void> {
  if (first.size === 0) return;
  await tx.query(
    `insert into connection (name, since) select * from unnest($1::text[], $2::timestamptz[]) on conflict (name) do nothing`,
    [[...first.keys()], [...first.values()]],
  );
}

/** How each of these stands on a day: whether it was heard of long enough ago, and what was opened for it. */
export async function loadSourceDays(
  tx: Sql,
  names: readonly string[],
  { now, day, baselineDays }: { now: Date; day: string; baselineDays: number },
): Promise<Map<string, SourceDay>> {
  const found = await tx.query<{ name: string } & SourceDay>(
    `select c.name, c.since <= $2 as baseline, coalesce(d.opened, 0) as opened
     from connection c left join connection_day d on d.name = c.name and d.day = $3::date where c.name = any($1)`,
    [names, new Date(now.getTime() - baselineDays * dayMs), day],
  );
  const known = new Map(found.rows.map(({ name, baseline, opened }) => [name, { baseline, opened }]));
  for (const name of names) if (!known.has(name)) known.set(name, { baseline: baselineDays === 0, opened: 0 });
  return known;
}

/** Counts issues that were opened for connections on a day, and forgets days long past. */
export async function countOpened(tx: Sql, now: Date, day: string, opened: readonly string[]): Promise<void> {
  if (opened.length === 0) return;
  await meetConnections(tx, new Map(opened.map((name) => [name, now])));
  await tx.query(
    `insert into connection_day (name, day, opened)
     select name, $2::date, count(*)::int from unnest($1::text[]) as t(name) group by name
     on conflict (name, day) do update set opened = connection_day.opened + excluded.opened`,
    [opened, day],
  );
  await tx.query('delete from connection_day where day < $1::date - $2::int', [day, daysKept]);
}
