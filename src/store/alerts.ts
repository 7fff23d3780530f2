import { comparedName } from '../domain/advisory.ts';
import type { Triaged, VulnerablePlace } from '../domain/alert.ts';
import type { Placement } from '../domain/incident.ts';
import { isLater, type Step } from '../domain/life.ts';
import type { Sql } from '../ports/store.ts';
import { restate, type ToldAlert } from './restate.ts';

/** An alert on its way into the store. */
export interface PlacedAlert {
  triaged: Triaged;
  fingerprint: string;
  rawId: string;
  incident: string;
  placement: Placement;
}

/** Stores alerts; a repeat of one that its incident has already is counted on that one. Returns alert ids in order. */
export async function saveAlerts(
  sql: Sql,
  at: Date,
  placed: PlacedAlert[],
): Promise<{ id: string; repeat: boolean }[]> {
  const known = await loadRepeats(sql, placed);
  const groups = new Map<string, PlacedAlert[]>();
  for (const alert of placed) {
    const key = `${alert.incident}|${alert.fingerprint}`;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  const fresh = [...groups].filter(([key]) => !known.has(key));
  const ids = await insertAlerts(
    sql,
    at,
    fresh.map(([, group]) => group),
  );
  const idOf = new Map(fresh.map(([key], k) => [key, ids[k] ?? '']));
  const repeated = [...groups].filter(([key]) => known.has(key));
  if (repeated.length > 0)
    await countRepeats(
      sql,
      repeated.map(([key, group]) => ({ id: known.get(key) ?? '', group })),
    );
  await sql.query(
    'insert into alert_raw (raw_id, alert_id) select * from unnest($1::bigint[], $2::bigint[]) on conflict do nothing',
    [
      placed.map((p) => p.rawId),
      placed.map((p) => idOf.get(`${p.incident}|${p.fingerprint}`) ?? known.get(`${p.incident}|${p.fingerprint}`)),
    ],
  );
  const seen = new Set<string>();
  return placed.map((p) => {
    const key = `${p.incident}|${p.fingerprint}`;
    const repeat = known.has(key) || seen.has(key);
    seen.add(key);
    return { id: idOf.get(key) ?? known.get(key) ?? '', repeat };
  });
}

async function loadRepeats(sql: Sql, placed: PlacedAlert[]): Promise<Map<string, string>> {
  const found = await sql.query<{ id: string; incident: string; fingerprint: string }>(
    `select a.id, a.incident_id as incident, a.fingerprint from alert a
     where a.fingerprint = any($1) and a.incident_id = any($2::bigint[]) order by a.id desc`,
    [placed.map((p) => p.fingerprint), placed.map((p) => p.incident)],
  );
  // Merged incidents may have brought the same alert twice: the oldest, set last, goes on counting.
  return new Map(found.rows.map((r) => [`${r.incident}|${r.fingerprint}`, r.id]));
}

async function countRepeats(sql: Sql, repeats: { id: string; group: PlacedAlert[] }[]): Promise<void> {
  await sql.query(
    `update alert a set count = a.count + r.n, first_seen = least(a.first_seen, r.lo), last_seen = greatest(a.last_seen, r.hi)
     from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::timestamptz[]) as r(id, n, lo, hi) where a.id = r.id`,
    [
      repeats.map((r) => r.id),
      repeats.map((r) => r.group.length),
      repeats.map((r) => earliest(r.group)),
      repeats.map((r) => latest(r.group)),
    ],
  );
  await takeSteps(sql, repeats);
}

/** How each of these alerts stands by its last step, where that is later than what was known. */
export async function takeSteps(sql: Sql, told: readonly { id: string; group: readonly ToldAlert[] }[]): Promise<void> {
  const steps = told.map(({ id, group }) => {
    const last = lastStep(group);
    return { id, last, step: last.triaged.alert };
  });
  // The same order as `isLater`.
  const later = await sql.query<{ id: string }>(
    `update alert a set lifecycle = s.lifecycle, step_at = s.at, step_why = s.why,
       place = coalesce(jsonb_strip_nulls(jsonb_build_object('runs', a.place -> 'runs')) || s.place
         || case when s.place ? 'ecosystem' then '{}'
              else jsonb_strip_nulls(jsonb_build_object('ecosystem', a.place -> 'ecosystem', 'key', a.place -> 'key')) end,
         a.place)
     from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $6::jsonb[]) as s(id, lifecycle, at, why, place)
     where a.id = s.id and (s.at > coalesce(a.step_at, a.time) or (s.at = coalesce(a.step_at, a.time)
       and coalesce(array_position($5::text[], s.lifecycle), 0) > coalesce(array_position($5::text[], a.lifecycle), 0)))
     returning a.id`,
    [
      steps.map((s) => s.id),
      steps.map((s) => s.step.lifecycle ?? null),
      steps.map((s) => s.step.time),
      steps.map((s) => s.step.lifecycleWhy ?? null),
      ['reopened', 'dismissed', 'fixed'],
      steps.map((s) => (s.step.place === undefined ? null : JSON.stringify(kept(s.step.place)))),
    ],
  );
  const now = new Set(later.rows.map(({ id }) => id));
  await restate(
    sql,
    steps.filter(({ id }) => now.has(id)),
  );
}

/** Of several records of one alert the one that says how it stands now. */
function lastStep<T extends ToldAlert>(group: readonly T[]): T {
  return group.reduce((last, one) => (isLater(stepOf(one), stepOf(last)) ? one : last));
}

function stepOf({ triaged: { alert } }: ToldAlert): Step {
  return { lifecycle: alert.lifecycle, at: alert.time };
}

async function insertAlerts(sql: Sql, at: Date, groups: PlacedAlert[][]): Promise<string[]> {
  if (groups.length === 0) return [];
  const rows = groups.map((group, n) => {
    const [first] = group;
    if (!first) throw new Error('an empty group of alerts');
    const { alert, effectiveSeverity, floorBecause } = first.triaged;
    const step = lastStep(group).triaged.alert;
    return {
      incident_id: first.incident,
      fingerprint: first.fingerprint,
      ...pick(alert),
      lifecycle: step.lifecycle ?? null,
      step_at: step.time,
      step_why: step.lifecycleWhy ?? null,
      effective_severity: effectiveSeverity,
      floor_because: floorBecause ?? null,
      first_seen: earliest(group),
      last_seen: latest(group),
      count: group.length,
      join_reason: first.placement.reason,
      join_key: first.placement.key,
      created_at: at,
      n,
    };
  });
  const inserted = await sql.query<{ id: string }>(
    `insert into alert (incident_id, fingerprint, kind, source, product, title, rule, severity, effective_severity, time,
       first_seen, last_seen, count, techniques, quoted, subject, link, lifecycle, step_at, step_why, floor_because,
       join_reason, join_key, ocsf, place, created_at, scope, titles)
     select incident_id, fingerprint, kind, source, product, title, rule, severity, effective_severity, time, first_seen,
       last_seen, count, techniques, quoted, subject, link, lifecycle, step_at, step_why, floor_because, join_reason, join_key,
       ocsf, place, created_at, scope, titles
     from jsonb_to_recordset($1::jsonb) as t(incident_id bigint, fingerprint text, kind text, source text,
       product text, title text, rule text, severity text, effective_severity text, time timestamptz, first_seen timestamptz,
       last_seen timestamptz, count int, techniques text[], quoted jsonb, subject text[], link text, lifecycle text,
       step_at timestamptz, step_why text, floor_because text, join_reason text, join_key text, ocsf jsonb, place jsonb,
       created_at timestamptz, scope jsonb, titles jsonb, n bigint)
     order by n returning id`,
    [JSON.stringify(rows)],
  );
  const ids = inserted.rows.map((r) => r.id);
  await insertEntities(sql, groups, ids);
  return ids;
}

async function insertEntities(sql: Sql, groups: PlacedAlert[][], ids: string[]): Promise<void> {
  const rows = groups.flatMap((group, k) =>
    (group[0]?.triaged.alert.entities ?? []).map((e) => ({ ...e, alert: ids[k] ?? '' })),
  );
  await sql.query(
    `insert into alert_entity (alert_id, type, value, role, found_in)
     select * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[]) on conflict do nothing`,
    [
      rows.map((r) => r.alert),
      rows.map((r) => r.type),
      rows.map((r) => r.value),
      rows.map((r) => r.role),
      rows.map((r) => r.from),
    ],
  );
}

function pick(alert: Triaged['alert']) {
  const { kind, source, product, title, rule, severity, time, techniques, quoted, subject, ocsf } = alert;
  const link = alert.link ?? null;
  const place = alert.place === undefined ? null : kept(alert.place);
  const scope = alert.scope ?? {};
  const titles = alert.titles ?? null;
  const named = { title, titles, rule };
  return { kind, source, product, ...named, severity, time, techniques, quoted, subject, ocsf, link, place, scope };
}

function earliest(group: PlacedAlert[]): Date {
  return new Date(Math.min(...group.map((p) => p.triaged.alert.time.getTime())));
}

function latest(group: PlacedAlert[]): Date {
  return new Date(Math.max(...group.map((p) => p.triaged.alert.time.getTime())));
}

/** A place with the name by which packages compare. */
function kept(place: VulnerablePlace): VulnerablePlace & { key: string } {
  return { ...place, key: comparedName(place.ecosystem ?? '', place.package) };
}
