import type { Titled } from '../domain/alert-title.ts';
import { ageBounds, type Inventory, type ListedIncident } from '../domain/quiet-lists.ts';
import { type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/** Alerts of the inventory that their sources have not ended, with what they are about. */
const open = `select a.id, a.kind, a.effective_severity as severity, least(a.first_seen, a.time) as since,
    coalesce(r.value, a.product) as place
  from incident i join alert a on a.incident_id = i.id
  left join lateral (select e.value from alert_entity e where e.alert_id = a.id and e.type = 'cloud_resource'
    and e.role = 'repository' order by e.value limit 1) as r on true
  where i.room = $1 and i.stands = 'inventory' and i.status = 'open' and coalesce(a.lifecycle in ('fixed', 'dismissed'), false) is false`;

/** What a room's inventory shows; `today` is when the day of its readers began. */
export async function loadInventory(
  sql: Sql,
  room: string,
  { today, places, incidents }: { today: Date; places: number; incidents: number },
): Promise<Inventory> {
  const counted = await sql.query<{
    severity: Severity | null;
    kind: Inventory['kinds'][number]['kind'] | null;
    age: number | null;
    count: number;
  }>(
    `select severity, kind, age, count(*)::int as count from (
       select o.*, width_bucket(greatest(extract(epoch from $2 - o.since) / 86400, 0)::float8, $3::float8[]) as age
       from (${open}) as o) as aged
     group by grouping sets ((severity), (kind), (age)) order by count desc, severity, kind, age`,
    [room, today, ageBounds],
  );
  const rows = counted.rows;
  const found = rows.flatMap(({ severity, count }) => (severity === null ? [] : [{ severity, count }]));
  return {
    total: found.reduce((n, { count }) => n + count, 0),
    settled: await settledAlerts(sql, room),
    severities: found,
    kinds: rows.flatMap(({ kind, count }) => (kind === null ? [] : [{ kind, count }])),
    ages: rows
      .flatMap(({ age, count }) => (age === null ? [] : [{ age, count }]))
      .sort((a, b) => a.age - b.age)
      .map(({ age, count }) => ({ below: ageBounds[age], count })),
    ...(await loadPlaces(sql, room, places)),
    ...(await loadWorst(sql, room, incidents)),
  };
}

async function settledAlerts(sql: Sql, room: string): Promise<number> {
  const found = await sql.query<{ n: number }>(
    `select count(*)::int as n from incident i join alert a on a.incident_id = i.id
     where i.room = $1 and i.stands = 'inventory' and i.status <> 'merged' and a.lifecycle in ('fixed', 'dismissed')`,
    [room],
  );
  return found.rows[0]?.n ?? 0;
}

async function loadPlaces(sql: Sql, room: string, limit: number): Promise<Pick<Inventory, 'places' | 'placesTotal'>> {
  const found = await sql.query<Inventory['places'][number] & { total: number }>(
    `with counted as (select place, severity, count(*)::int as n, min(since) as oldest from (${open}) as o group by 1, 2)
     select place as name, jsonb_object_agg(severity, n) as counts, min(oldest) as oldest, count(*) over ()::int as total
     from counted group by place
     order by max(array_position($3::text[], severity)) desc,
       sum(n) filter (where severity in ('high', 'critical')) desc nulls last, sum(n) desc, place limit $2`,
    [room, limit, severities],
  );
  return {
    places: found.rows.map(({ name, counts, oldest }) => ({ name, counts, oldest })),
    placesTotal: found.rows[0]?.total ?? 0,
  };
}

async function loadWorst(
  sql: Sql,
  room: string,
  limit: number,
): Promise<Pick<Inventory, 'incidents' | 'incidentsTotal'>> {
  const found = await sql.query<ListedRow & { total: number }>(
    `with worst as (
       select i.*, count(*) over ()::int as total from incident i
       where i.room = $1 and i.stands = 'inventory' and i.status = 'open'
       order by array_position($3::text[], i.severity) desc, i.first_seen, i.id limit $2)
     select ${listedColumns}, i.total from worst i ${aboutIt}
     order by array_position($3::text[], i.severity) desc, i.first_seen, i.id`,
    [room, limit, severities],
  );
  return { incidents: found.rows.map(listedOf), incidentsTotal: found.rows[0]?.total ?? 0 };
}

export interface ListedRow extends Titled {
  number: string;
  kind: ListedIncident['kind'];
  pressing: boolean;
  severity: Severity;
  product: string | null;
  place: string | null;
  since: Date;
}

/** What a list shows of the incident `i`, beside `aboutIt`. */
export const listedColumns = `i.id as number, i.kind, i.pressing, i.severity, coalesce(a.title, i.title) as title,
  a.titles, a.product, a.place, i.first_seen as since`;

/** The worst alert of the incident `i`, and the one thing it is most about. */
export const aboutIt = `left join lateral (
    select a.title, a.titles, a.product, (select e.value from alert_entity e where e.alert_id = a.id and e.found_in = 'field'
      and e.type in ('cloud_resource', 'host', 'container', 'user')
      order by e.role = 'repository' desc, array_position(array['host', 'container', 'cloud_resource', 'user'], e.type), e.value
      limit 1) as place
    from alert a where a.incident_id = i.id
    order by array_position(array['unknown', 'informational', 'low', 'medium', 'high', 'critical'], a.effective_severity) desc, a.id
    limit 1) as a on true`;

export function listedOf({ product, place, ...row }: ListedRow): ListedIncident {
  const base = { ...row, product: product ?? '' };
  return place === null ? base : { ...base, place };
}

/** The key of a room's inventory. */
export const keyOfInventory = (room: string): string => `inventory:${room}`;

/**
 * Lets a room's inventory be rendered again; made the first time there is something in it. What comes out the same is not
 * sent.
 */
export async function touchInventory(sql: Sql, now: Date, room: string): Promise<void> {
  await sql.query(
    `insert into publication (key, kind, room, priority, created_at)
     select $2, 'inventory', $3, 1, $1
     where exists (select 1 from publication where key = $2)
       or exists (select 1 from incident where stands = 'inventory' and status = 'open' and room = $3)
     on conflict (key) do update set dirty = true, touched = publication.touched + 1`,
    [now, keyOfInventory(room), room],
  );
}

/** As `touchInventory`, once a day: ages are of whole days. */
export async function ageInventory(sql: Sql, today: Date, room: string): Promise<boolean> {
  const done = await sql.query(
    'update publication set dirty = true, touched = touched + 1 where key = $2 and not dirty and sent_at < $1',
    [today, keyOfInventory(room)],
  );
  return done.rowCount > 0;
}
