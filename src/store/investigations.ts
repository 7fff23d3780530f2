import type { Severity } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/** A run of the model over an incident. */
export interface InvestigationRow {
  id: string;
  incidentId: string;
  kind: 'investigate' | 'ask';
  status: 'waiting' | 'running' | 'stopping' | 'done' | 'stopped' | 'failed';
  severity: Severity;
  askedBy: string | null;
  focus: string | null;
  attempts: number;
  brief: unknown;
  prompts: unknown;
  startedAt: Date | null;
  /** Of its incident, as far as they were counted when the row was read. */
  redactions: number;
}

const columns = `id, incident_id as "incidentId", kind, status, severity, asked_by as "askedBy", focus, attempts, brief,
  prompts, started_at as "startedAt", (select redactions from incident i where i.id = incident_id) as redactions`;

/** Begins a run that nobody asked for; nothing when there was one at this severity. */
export async function beginByItself(tx: Sql, at: Date, incident: { id: string; severity: Severity }): Promise<boolean> {
  const made = await tx.query(
    `insert into investigation (incident_id, kind, severity, created_at) values ($1, 'investigate', $2, $3)
     on conflict (incident_id, severity) where asked_by is null do nothing`,
    [incident.id, incident.severity, at],
  );
  return made.rowCount > 0;
}

/** Begins a run somebody asked for. One that was asked for and waits is taken for it, with the newer focus; each question is its own. */
export async function beginAsked(
  tx: Sql,
  at: Date,
  run: {
    incident: { id: string; severity: Severity };
    kind: 'investigate' | 'ask';
    askedBy: string;
    focus: string | null;
  },
): Promise<void> {
  if (run.kind === 'investigate') {
    const waiting = await tx.query(
      `update investigation set asked_by = $2, focus = $3
       where incident_id = $1 and kind = 'investigate' and status = 'waiting' and asked_by is not null`,
      [run.incident.id, run.askedBy, run.focus],
    );
    if (waiting.rowCount > 0) return;
  }
  await tx.query(
    `insert into investigation (incident_id, kind, severity, asked_by, focus, created_at) values ($1, $2, $3, $4, $5, $6)`,
    [run.incident.id, run.kind, run.incident.severity, run.askedBy, run.focus, at],
  );
}

/** Asks the open runs of an incident to stop; how many there are. */
export async function stopRuns(tx: Sql, incident: string, at: Date): Promise<number> {
  const done = await tx.query(
    `update investigation set status = case when status = 'running' then 'stopping' else 'stopped' end,
       ended_at = case when status = 'running' then null else $2::timestamptz end
     where incident_id = $1 and status in ('waiting', 'running')`,
    [incident, at],
  );
  return done.rowCount;
}

/**
 * Lets the runs under way of incidents begin anew: what they read, and what they will say of it, counts no longer. What
 * they cost stays counted; those that were to stop are stopped.
 */
export async function beginRunsAnew(tx: Sql, incidents: readonly string[], at: Date): Promise<void> {
  const anew = await tx.query<{ id: string }>(
    `update investigation set status = case when status = 'running' then 'waiting' else 'stopped' end,
       ended_at = case when status = 'running' then null else $2::timestamptz end,
       brief = null, prompts = null, started_at = null
     where incident_id = any($1) and status in ('running', 'stopping') returning id`,
    [incidents, at],
  );
  const runs = anew.rows.map(({ id }) => id);
  await tx.query(`delete from investigation_step where investigation_id = any($1) and kind <> 'model'`, [runs]);
  await tx.query(
    `update investigation_step set key = gen_random_uuid()::text, reply = null
     where investigation_id = any($1) and kind = 'model'`,
    [runs],
  );
}

/** Whether a run is under way still, and not begun anew or ended. It stays so until the transaction ends. */
export async function isUnderWay(tx: Sql, id: string): Promise<boolean> {
  const found = await tx.query(
    `select 1 from investigation where id = $1 and status in ('running', 'stopping') for share`,
    [id],
  );
  return found.rowCount > 0;
}

/** Runs a sliding hour began by themselves. */
export async function begunSince(sql: Sql, since: Date): Promise<number> {
  const found = await sql.query<{ n: number }>(
    `select count(*)::int as n from investigation where asked_by is null and started_at > $1`,
    [since],
  );
  return found.rows[0]?.n ?? 0;
}

/** Open runs that may go on now, those of people first, then by severity. */
export async function openRuns(sql: Sql, now: Date, held: string[]): Promise<InvestigationRow[]> {
  const found = await sql.query<InvestigationRow>(
    `select ${columns} from investigation
     where status in ('waiting', 'running', 'stopping') and not (id = any($2::bigint[]))
       and (not_before is null or not_before <= $1)
     order by asked_by is null, status = 'waiting', array_position(array['critical','high','medium','low','informational'], severity), id
     limit 8`,
    [now, held],
  );
  return found.rows;
}

/**
 * What a run is about, once. Returns it as it is kept: the store orders keys its own way, and a run that is resumed must
 * send what it sent before, letter by letter. Undefined when it was stopped, or when a text was taken out of the incident
 * since the row was read: the brief may hold that text, and the run waits to be taken up anew.
 */
export async function startRun<Brief, Prompts>(
  sql: Sql,
  { id, incidentId, redactions }: Pick<InvestigationRow, 'id' | 'incidentId' | 'redactions'>,
  given: { brief: Brief; prompts: Prompts; policyCommit: string; at: Date },
): Promise<{ brief: Brief; prompts: Prompts } | undefined> {
  const kept = await sql.query<{ brief: Brief; prompts: Prompts }>(
    `with unchanged as (select 1 from incident where id = $6 and redactions = $7 for share)
     update investigation set brief = $2::jsonb, prompts = $3::jsonb, policy_commit = $4, started_at = $5, status = 'running'
     where id = $1 and status = 'waiting' and exists (select 1 from unchanged) returning brief, prompts`,
    [
      ...[id, JSON.stringify(given.brief), JSON.stringify(given.prompts), given.policyCommit, given.at],
      ...[incidentId, redactions],
    ],
  );
  return kept.rows[0];
}

export async function putOffRun(sql: Sql, id: string, until: Date): Promise<void> {
  await sql.query('update investigation set attempts = attempts + 1, not_before = $2 where id = $1', [id, until]);
}

export async function endRun(
  tx: Sql,
  id: string,
  end: { status: 'done' | 'stopped' | 'failed'; outcome: unknown; at: Date },
): Promise<void> {
  await tx.query('update investigation set status = $2, outcome = $3::jsonb, ended_at = $4 where id = $1', [
    id,
    end.status,
    JSON.stringify(end.outcome),
    end.at,
  ]);
}

/** What the last run over an incident came to; undefined when none ended. */
export async function lastOutcome<Outcome>(sql: Sql, incident: string): Promise<Outcome | undefined> {
  const found = await sql.query<{ outcome: Outcome }>(
    `select outcome from investigation where incident_id = $1 and kind = 'investigate' and outcome is not null
     order by ended_at desc, id desc limit 1`,
    [incident],
  );
  return found.rows[0]?.outcome;
}
