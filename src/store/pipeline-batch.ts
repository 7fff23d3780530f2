import type { Triaged } from '../domain/alert.ts';
import type { Placement, Span } from '../domain/incident.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import type { RawRecord } from '../domain/record.ts';
import { defaultRoom } from '../domain/room.ts';
import { atLeast } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { type PlacedAlert, saveAlerts } from './alerts.ts';
import { growIncidents, type Raised } from './grow-incidents.ts';
import { appendLedger } from './ledger.ts';
import { type Merged, tellNews } from './news.ts';
import { markDirty } from './publications.ts';
import { insertsDone } from './raw-records.ts';
import { settleIncidents } from './settle.ts';
import { standIncidents } from './stand-incidents.ts';
import { linkEarlier, mergeIncident, saveSpans } from './stories.ts';
import { setTimesToMend } from './time-to-mend.ts';

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

/** An alert on its way into an incident. */
export interface Arrived {
  rawId: string;
  room: string;
  /** Number of the issue in that room it was written in, which becomes the incident's. */
  adopt: number | null;
  /** Its source had it open already when it was connected. */
  backlog: boolean;
  connection: string;
  feed: string;
  triaged: Triaged;
  fingerprint: string;
}

export interface Batch {
  now: Date;
  policy: Policy;
  alerts: Arrived[];
  /** Of records that are kept and change nothing: what to write down. */
  kept: LedgerEntry[];
  grouped: {
    placements: Placement[];
    merges: { from: string; into: string; reason: string }[];
    opened: string[];
    reopened: string[];
    spans: Map<string, Span[]>;
  };
  known: Span[];
  /** Where the pipeline's cursor goes; it stays when no record was read. */
  lastRawId: string | undefined;
}

/**
 * Writes what correlate decided, all of it or nothing: incidents, alerts, spans, ledger, what is to be published. Returns
 * the incidents whose severity went up in a way that people are to be told.
 */
export async function saveBatch(tx: Sql, batch: Batch): Promise<Raised[]> {
  const { now, grouped } = batch;
  const ids = await openIncidents(tx, batch);
  const idOf = (story: string): string => ids.get(story) ?? story;
  const ledger: LedgerEntry[] = [...batch.kept];
  for (const id of ids.values()) ledger.push({ kind: 'incident.opened', incidentId: id, body: {} });
  const merges = grouped.merges.filter((m) => !m.from.startsWith('new:'));
  const merged: Merged[] = [];
  for (const merge of merges) {
    const into = idOf(merge.into);
    const raisedTo = await mergeIncident(tx, merge.from, into, now);
    merged.push({ from: merge.from, into, raisedTo });
    ledger.push({
      kind: 'incident.merged',
      incidentId: merge.from,
      body: { into, reason: merge.reason },
    });
  }
  await reopenIncidents(tx, now, grouped.reopened, ledger);
  const placed = batch.alerts.map((alert, k) => {
    const placement = grouped.placements[k];
    if (!placement) throw new Error('correlate placed fewer alerts than it got');
    return { ...alert, incident: idOf(placement.story), placement };
  });
  const { ids: grown, raised, worseThan } = await growIncidents(tx, now, placed);
  const saved = await saveAlerts(tx, now, placed);
  const spans = [...grouped.spans.values()].flat().map((s) => ({ ...s, story: idOf(s.story) }));
  const replaced = batch.known.map((s) => ({ ...s, story: merges.find((m) => m.from === s.story)?.into ?? s.story }));
  await saveSpans(
    tx,
    replaced.map((s) => ({ ...s, story: idOf(s.story) })),
    spans,
  );
  const ended = placed.filter(({ triaged }) => ends(triaged.alert.lifecycle)).map(({ incident }) => incident);
  ledger.push(...(await settleIncidents(tx, now, [...new Set(ended)])));
  const weak = placed.filter(({ triaged }) => triaged.alert.place).map(({ incident }) => incident);
  const pressing = await setTimesToMend(tx, batch.policy, [...new Set(weak)]);
  const touched = [...new Set([...grown, ...merges.map((m) => m.from)])];
  const standing = placed.map((one, k) => ({ ...one, repeat: saved[k]?.repeat ?? false }));
  const opened = [...ids.values()];
  const step = {
    now,
    policy: batch.policy,
    alerts: standing,
    touched,
    opened,
    worseThan,
    reopened: grouped.reopened,
    pressing,
  };
  ledger.push(...(await standIncidents(tx, step)));
  await tellNews(tx, now, batch.policy, { merges: merged, reopened: grouped.reopened });
  await linkEarlier(tx, opened, batch.policy.joinWindow * 1000);
  await markDirty(tx, now, touched, 'issue');
  for (const [k, alert] of placed.entries()) ledger.push(alertEntry(alert, saved[k]));
  await appendLedger(tx, now, batch.policy.commit, ledger);
  if (batch.lastRawId !== undefined) await moveCursor(tx, batch.lastRawId);
  return raised;
}

/** The records up to this one are done. */
export async function moveCursor(tx: Sql, lastRawId: string): Promise<void> {
  await tx.query(
    `insert into setting (key, value) values ('pipeline.cursor', to_jsonb(array[$1::text]))
     on conflict (key) do update set value = excluded.value`,
    [lastRawId],
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
    // All of one story are in one room.
    const room = alerts[0]?.room ?? defaultRoom;
    const issue = alerts.find((a) => a.adopt !== null && !taken.has(`${room}#${a.adopt}`))?.adopt ?? null;
    if (issue !== null) taken.add(`${room}#${issue}`);
    const times = members.map((m) => m.alert.time.getTime());
    const top = members.reduce((a, b) => (atLeast(a.effectiveSeverity, b.effectiveSeverity) ? a : b));
    const { kind, title } = top.alert;
    return { kind, title, first: Math.min(...times), last: Math.max(...times), issue, room };
  });
  const inserted = await tx.query<{ id: string }>(
    `insert into incident (kind, title, severity, opened_at, first_seen, last_seen, issue, adopted, room)
     select kind, title, 'unknown', $5, f, l, issue, issue is not null, room
     from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[], $6::bigint[], $7::text[])
       with ordinality as t(kind, title, f, l, issue, room, n)
     order by n returning id`,
    [
      rows.map((r) => r.kind),
      rows.map((r) => r.title),
      rows.map((r) => new Date(r.first)),
      rows.map((r) => new Date(r.last)),
      batch.now,
      rows.map((r) => r.issue),
      rows.map((r) => r.room),
    ],
  );
  return new Map(survivors.map((story, k) => [story, inserted.rows[k]?.id ?? '']));
}

/** Adopted issues that stand for an incident already, as `room#number`: one issue is one incident. */
async function issuesTaken(tx: Sql, batch: Batch): Promise<Set<string>> {
  const wanted = batch.alerts.flatMap((a) => a.adopt ?? []);
  if (wanted.length === 0) return new Set();
  const found = await tx.query<{ taken: string }>(
    `select room || '#' || issue as taken from incident where room = any($2) and issue = any($1::bigint[])`,
    [wanted, [...new Set(batch.alerts.map(({ room }) => room))]],
  );
  return new Set(found.rows.map((row) => row.taken));
}

async function reopenIncidents(tx: Sql, now: Date, reopened: string[], ledger: LedgerEntry[]): Promise<void> {
  if (reopened.length === 0) return;
  await tx.query(
    `update incident set status = 'open', closed_at = null, closed_by = null, settled = null, settled_why = null,
       verdict = 'not-assessed', verdict_by = null, verdict_why = null, back_at = $2 where id = any($1::bigint[])`,
    [reopened, now],
  );
  for (const id of reopened)
    ledger.push({
      kind: 'incident.reopened',
      incidentId: id,
      body: { by: 'yagura', reason: 'the same alert came back' },
    });
}
