import type { Triaged } from '../domain/alert.ts';
import type { Placement, Span } from '../domain/incident.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Policy } from '../domain/policy.ts';
import type { RawRecord } from '../domain/record.ts';
import { atLeast, maxSeverity, type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports.ts';
import { type PlacedAlert, saveAlerts } from './alerts.ts';
import { appendLedger } from './ledger.ts';
import { tellNews } from './news.ts';
import { markDirty } from './publications.ts';
import { insertsDone } from './raw-records.ts';
import { linkEarlier, mergeIncident, saveSpans } from './stories.ts';

/** Bytes of records one step takes at most, but for a single one that is larger. */
export const batchBytes = 16 * 1024 * 1024;

/**
 * Records after the pipeline's cursor, oldest first: `limit` of them, fewer when they are large. None of them stands
 * after one that is still on its way. Not for use in a transaction.
 */
export async function loadRawAfterCursor(sql: Sql, limit: number): Promise<RawRecord[]> {
  const seen = await sql.query<{ last: string }>(
    `select id as last from raw_record
     where id > coalesce((select (value->>0)::bigint from setting where key = 'pipeline.cursor'), 0)
     order by id desc limit 1`,
  );
  const [end] = seen.rows;
  if (!end) return [];
  await insertsDone(sql);
  const found = await sql.query<RawRecord>(
    `select r.id, r.source, r.content, r.received_at as "receivedAt", r.origin from raw_record r join (
       select id, sum(size) over (order by id) - size as before from (
         select id, octet_length(content) as size from raw_record
         where id > coalesce((select (value->>0)::bigint from setting where key = 'pipeline.cursor'), 0)
         order by id limit $1) as next) as sized on sized.id = r.id
     where sized.before < $2 and r.id <= $3 order by r.id`,
    [limit, batchBytes, end.last],
  );
  return found.rows;
}

export interface Batch {
  now: Date;
  policy: Policy;
  /** `adopt`: the issue it was written in, which becomes the incident's. */
  alerts: { rawId: string; adopt: number | null; triaged: Triaged; fingerprint: string }[];
  grouped: {
    placements: Placement[];
    merges: { from: string; into: string; reason: string }[];
    opened: string[];
    reopened: string[];
    spans: Map<string, Span[]>;
  };
  known: Span[];
  lastRawId: string;
}

/** Writes what correlate decided, all of it or nothing: incidents, alerts, spans, ledger, what is to be published. */
export async function saveBatch(tx: Sql, batch: Batch): Promise<void> {
  const { now, grouped } = batch;
  const ids = await openIncidents(tx, batch);
  const idOf = (story: string): string => ids.get(story) ?? story;
  const ledger: LedgerEntry[] = [...ids.values()].map((id) => ({ kind: 'incident.opened', incidentId: id, body: {} }));
  const merges = grouped.merges.filter((m) => !m.from.startsWith('new:'));
  for (const merge of merges) {
    await mergeIncident(tx, merge.from, idOf(merge.into), now);
    ledger.push({
      kind: 'incident.merged',
      incidentId: merge.from,
      body: { into: idOf(merge.into), reason: merge.reason },
    });
  }
  await reopenIncidents(tx, grouped.reopened, ledger);
  const placed: PlacedAlert[] = batch.alerts.map((alert, k) => {
    const placement = grouped.placements[k];
    if (!placement) throw new Error('correlate placed fewer alerts than it got');
    return { ...alert, incident: idOf(placement.story), placement };
  });
  const grown = await growIncidents(tx, now, placed);
  const saved = await saveAlerts(tx, now, placed);
  const spans = [...grouped.spans.values()].flat().map((s) => ({ ...s, story: idOf(s.story) }));
  const replaced = batch.known.map((s) => ({ ...s, story: merges.find((m) => m.from === s.story)?.into ?? s.story }));
  await saveSpans(
    tx,
    replaced.map((s) => ({ ...s, story: idOf(s.story) })),
    spans,
  );
  await tellNews(tx, now, {
    merges: merges.map((m) => ({ from: m.from, into: idOf(m.into) })),
    reopened: grouped.reopened,
  });
  await linkEarlier(tx, [...ids.values()], batch.policy.joinWindow * 1000);
  const touched = [...new Set([...grown, ...merges.map((m) => m.from)])];
  await markDirty(tx, now, touched, 'issue');
  for (const [k, alert] of placed.entries()) ledger.push(alertEntry(alert, saved[k]));
  await appendLedger(tx, now, batch.policy.commit, ledger);
  await tx.query(
    `insert into setting (key, value) values ('pipeline.cursor', to_jsonb(array[$1::text]))
     on conflict (key) do update set value = excluded.value`,
    [batch.lastRawId],
  );
}

function alertEntry(alert: PlacedAlert, saved: { id: string; repeat: boolean } | undefined): LedgerEntry {
  const { placement, rawId, incident, triaged } = alert;
  const body = { raw: rawId, alert: saved?.id, reason: placement.reason, key: placement.key };
  if (saved?.repeat) return { kind: 'repeat', incidentId: incident, body };
  const { source, rule, title, severity } = triaged.alert;
  const judged = { severity, effectiveSeverity: triaged.effectiveSeverity, floor: triaged.floorBecause ?? null };
  return { kind: 'alert', incidentId: incident, body: { ...body, source, rule, title, ...judged } };
}

/** New incidents for stories that nothing known belongs to; returns their ids. */
async function openIncidents(tx: Sql, batch: Batch): Promise<Map<string, string>> {
  const survivors = [...new Set(batch.grouped.placements.map((p) => p.story))].filter((s) => s.startsWith('new:'));
  if (survivors.length === 0) return new Map();
  const taken = await issuesTaken(tx, batch);
  const rows = survivors.map((story) => {
    const alerts = batch.alerts.filter((_, k) => batch.grouped.placements[k]?.story === story);
    const members = alerts.map((a) => a.triaged);
    const issue = alerts.find((a) => a.adopt !== null && !taken.has(a.adopt))?.adopt ?? null;
    if (issue !== null) taken.add(issue);
    const times = members.map((m) => m.alert.time.getTime());
    const top = members.reduce((a, b) => (atLeast(a.effectiveSeverity, b.effectiveSeverity) ? a : b));
    return { kind: top.alert.kind, title: top.alert.title, first: Math.min(...times), last: Math.max(...times), issue };
  });
  const inserted = await tx.query<{ id: string }>(
    `insert into incident (kind, title, severity, opened_at, first_seen, last_seen, issue, adopted)
     select kind, title, 'unknown', $5, f, l, issue, issue is not null
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $6::bigint[])
       with ordinality as t(kind, title, f, l, issue, n)
     order by n returning id`,
    [
      rows.map((r) => r.kind),
      rows.map((r) => r.title),
      rows.map((r) => new Date(r.first)),
      rows.map((r) => new Date(r.last)),
      batch.now,
      rows.map((r) => r.issue),
    ],
  );
  return new Map(survivors.map((story, k) => [story, inserted.rows[k]?.id ?? '']));
}

/** Adopted issues that stand for an incident already: one issue is one incident. */
async function issuesTaken(tx: Sql, batch: Batch): Promise<Set<number>> {
  const wanted = batch.alerts.flatMap((a) => a.adopt ?? []);
  if (wanted.length === 0) return new Set();
  const found = await tx.query<{ issue: string }>('select issue from incident where issue = any($1::bigint[])', [
    wanted,
  ]);
  return new Set(found.rows.map((row) => Number(row.issue)));
}

async function reopenIncidents(tx: Sql, reopened: string[], ledger: LedgerEntry[]): Promise<void> {
  if (reopened.length === 0) return;
  await tx.query(
    `update incident set status = 'open', closed_at = null, closed_by = null, verdict = 'not-assessed', verdict_by = null,
       verdict_why = null where id = any($1::bigint[])`,
    [reopened],
  );
  for (const id of reopened)
    ledger.push({
      kind: 'incident.reopened',
      incidentId: id,
      body: { by: 'yagura', reason: 'the same alert came back' },
    });
}

/**
 * Counts, times and severity of incidents that got alerts; each is due for the investigator. Returns their ids. What a
 * person said of the severity stands until an alert is worse than all that were there; so call it before those are.
 */
async function growIncidents(tx: Sql, now: Date, placed: PlacedAlert[]): Promise<string[]> {
  const grown = new Map<string, { n: number; first: number; last: number; severity: Severity }>();
  for (const { incident, triaged } of placed) {
    const time = triaged.alert.time.getTime();
    const one = grown.get(incident) ?? { n: 0, first: time, last: time, severity: 'unknown' };
    grown.set(incident, {
      n: one.n + 1,
      first: Math.min(one.first, time),
      last: Math.max(one.last, time),
      severity: maxSeverity(one.severity, triaged.effectiveSeverity),
    });
  }
  const rows = [...grown];
  await tx.query(
    `update incident i set alert_count = i.alert_count + g.n,
       first_seen = least(i.first_seen, g.lo), last_seen = greatest(i.last_seen, g.hi),
       severity = case when g.worse then g.severity else i.severity end,
       severity_by = case when g.worse then null else i.severity_by end,
       investigate_at = coalesce(i.investigate_at, $7), snoozed_until = null
     from (
       select g.*, array_position($6::text[], g.severity) > array_position($6::text[], o.severity)
         and (o.severity_by is null or array_position($6::text[], g.severity) > coalesce((
           select max(array_position($6::text[], a.effective_severity)) from alert a where a.incident_id = o.id), 0)) as worse
       from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::text[]) as g(id, n, lo, hi, severity)
       join incident o on o.id = g.id
     ) as g where i.id = g.id`,
    [
      rows.map(([id]) => id),
      rows.map(([, g]) => g.n),
      rows.map(([, g]) => new Date(g.first)),
      rows.map(([, g]) => new Date(g.last)),
      rows.map(([, g]) => g.severity),
      severities,
      now,
    ],
  );
  return rows.map(([id]) => id);
}
