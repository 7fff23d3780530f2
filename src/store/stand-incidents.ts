import type { AlertKind } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import type { IncidentStatus } from '../domain/incident.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import type { Standing } from '../domain/quiet.ts';
import { roomOf } from '../domain/room.ts';
import { type Severity, severityId } from '../domain/severity.ts';
import { type Growth, growsWorse, type Stood, standingsOf } from '../domain/standing.ts';
import { dayOf } from '../domain/zoned-time.ts';
import type { Sql } from '../ports/store.ts';
import type { PlacedAlert } from './alerts.ts';
import { countOpened, loadSourceDays } from './connections.ts';
import { addToDigest, touchDigest } from './digest.ts';
import { touchInventory } from './inventory.ts';

/** An alert of a step as it bears on where its incident stands. */
export type StandingAlert = PlacedAlert & {
  /** Its source had it open already when it was connected. */
  backlog: boolean;
  /** Whose issues of the day its incident counts against. */
  connection: string;
  /** Its incident had it already. */
  repeat: boolean;
};

export interface StandingStep {
  now: Date;
  policy: Policy;
  alerts: readonly StandingAlert[];
  /** Incidents of this step, whatever happened to them. */
  touched: readonly string[];
  /** Those of them that are new. */
  opened: readonly string[];
  /** Of those that got worse, what an alert had to be worse than. */
  worseThan: ReadonlyMap<string, Severity>;
  /** Vulnerabilities that are pressing since this step. */
  pressing: readonly string[];
}

interface Row {
  id: string;
  kind: AlertKind;
  pressing: boolean;
  severity: Severity;
  status: IncidentStatus;
  stands: Standing;
  room: string;
  /** A person wrote it, or what is part of it now has an issue. */
  shown: boolean;
  /** What is part of it now stood in the digest. */
  listed: boolean;
}

/**
 * Decides where the step's incidents stand that have no issue yet, once they are as bad as the step makes them. What does
 * not get an issue is neither investigated nor told to anybody. Returns what to write down.
 */
export async function standIncidents(tx: Sql, step: StandingStep): Promise<LedgerEntry[]> {
  const { now, policy } = step;
  const rows = await loadRows(tx, step);
  if (rows.length === 0) return [];
  const day = dayOf(now, policy.timeZone);
  const growths = growthsOf(rows, step);
  const connections = [...new Set(growths.map(({ connection }) => connection))];
  const days = await loadSourceDays(tx, connections, { now, day, baselineDays: policy.quiet.baselineDays });
  const stood = standingsOf(growths, policy.quiet, days);
  await write(tx, now, stood);
  await countOpened(
    tx,
    now,
    day,
    stood.flatMap(({ counted, connection }) => (counted ? [connection] : [])),
  );
  await list(tx, step, rows, stood);
  return entries(stood, rows, step);
}

async function loadRows(tx: Sql, { touched, opened, policy }: StandingStep): Promise<Row[]> {
  const found = await tx.query<Row>(
    `select i.id, i.kind, i.pressing, i.severity, i.status, i.stands, i.room,
       i.adopted or coalesce(parts.shown, false) as shown, coalesce(parts.listed, false) as listed
     from incident i cross join lateral (select bool_or(m.stands = 'issue') as shown, bool_or(m.stands = 'digest') as listed
       from incident m where m.merged_into = i.id) as parts
     where i.id = any($1::bigint[]) and (i.stands <> 'issue' or i.id = any($2::bigint[]))`,
    [touched, policy.quiet.on ? opened : []],
  );
  return found.rows;
}

/** What is over or part of another stays where it is, but for what was over before we heard of it. */
function growthsOf(rows: readonly Row[], step: StandingStep): Growth[] {
  const { alerts, opened, policy } = step;
  const fresh = new Set(opened);
  const byIncident = Map.groupBy(alerts, ({ incident }) => incident);
  return rows.flatMap((row): Growth[] => {
    const isNew = fresh.has(row.id);
    const own = byIncident.get(row.id) ?? [];
    if (row.status === 'merged' || (row.status === 'closed' && !isNew)) return [];
    const worst = own.toSorted((a, b) => severityId(severityOf(b)) - severityId(severityOf(a)))[0];
    return [
      {
        incident: row.id,
        kind: row.kind,
        pressing: row.pressing,
        severity: row.severity,
        stands: stoodAt(row, isNew),
        atOnce: row.shown,
        news: own.some(isNews) || gotWorse(row.id, own, step),
        adopted: own.some((one) => adoptedBy(policy, one)),
        connection: worst?.connection ?? '',
      },
    ];
  });
}

/** What happened since goes on being told of as that, whatever of the backlog it turns out to be part of. */
function stoodAt({ stands, listed }: Row, isNew: boolean): Growth['stands'] {
  if (listed) return 'digest';
  return isNew || stands === 'issue' ? undefined : stands;
}

const severityOf = ({ triaged }: StandingAlert): Severity => triaged.effectiveSeverity;

/** Whether it happened after its source was connected: a repeat of what is only weak says nothing new. */
function isNews(one: StandingAlert): boolean {
  const { repeat, backlog, triaged } = one;
  const { alert } = triaged;
  // A malicious package that is gone did its harm all the same.
  if (alert.place?.malicious && alert.lifecycle === 'fixed') return !backlog && !repeat;
  return isLive(one) && (!repeat || alert.kind === 'threat' || alert.lifecycle === 'reopened');
}

/** A repeat that makes it worse does say something new; one of the backlog does not. */
function gotWorse(incident: string, own: readonly StandingAlert[], step: StandingStep): boolean {
  const bar = step.worseThan.get(incident);
  const records = own.map((one) => ({ severity: severityOf(one), counts: isLive(one) }));
  if (bar !== undefined && growsWorse(records, bar)) return true;
  if (step.opened.includes(incident) || !step.pressing.includes(incident)) return false;
  return own.some((one) => isLive(one) && one.triaged.alert.place !== undefined);
}

const isLive = ({ backlog, triaged: { alert } }: StandingAlert): boolean => !backlog && !ends(alert.lifecycle);

function adoptedBy({ quiet }: Policy, { triaged: { alert, effectiveSeverity } }: StandingAlert): boolean {
  return !ends(alert.lifecycle) && quiet.adopt.some((when) => matches(when, { ...alert, effectiveSeverity }));
}

async function write(tx: Sql, now: Date, stood: readonly Stood[]): Promise<void> {
  await tx.query(
    `update incident i set stands = s.stands, held = s.held,
       investigate_at = case when s.stands = 'issue' and i.status = 'open' then coalesce(i.investigate_at, $4) end
     from unnest($1::bigint[], $2::text[], $3::boolean[]) as s(id, stands, held) where i.id = s.id`,
    [stood.map((s) => s.incident), stood.map((s) => s.stands), stood.map((s) => s.held), now],
  );
}

/** Lets every list show what came to it, changed in it or left it. */
async function list(tx: Sql, step: StandingStep, rows: readonly Row[], stood: readonly Stood[]): Promise<void> {
  const { now, policy, opened } = step;
  const fresh = new Set(opened);
  for (const [room, own] of Map.groupBy(rows, (row) => row.room)) {
    const ids = new Set(own.map(({ id }) => id));
    const here = stood.filter(({ incident }) => ids.has(incident));
    const day = dayOf(now, roomOf(policy, room).timeZone);
    // A team on trial reads there what would have been done about the others; without a policy nothing would have been.
    const listed = here.filter(
      ({ stands }) => stands === 'digest' || (stands === 'issue' && policy.observed !== undefined),
    );
    await addToDigest(
      tx,
      day,
      listed.map(({ incident }) => incident),
    );
    const seen = new Set([...own.filter(({ id }) => !fresh.has(id)), ...here].map(({ stands }) => stands));
    if (seen.has('digest') || listed.length > 0) await touchDigest(tx, now, { room, day });
    if (seen.has('inventory')) await touchInventory(tx, now, room);
  }
}

/** Only what moved, or stands where not everything does. */
function entries(stood: readonly Stood[], rows: readonly Row[], { opened }: StandingStep): LedgerEntry[] {
  const before = new Map(rows.map(({ id, stands }) => [id, opened.includes(id) ? 'issue' : stands]));
  return stood
    .filter(({ incident, stands }) => before.get(incident) !== stands)
    .map(({ incident, stands, held }) => ({
      kind: 'incident.changed',
      incidentId: incident,
      body: { stands, ...(held ? { because: 'the issues of the day for its source were used up' } : {}) },
    }));
}
