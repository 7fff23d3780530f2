import type { AlertKind } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import type { IncidentStatus } from '../domain/incident.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import { roomOf } from '../domain/room.ts';
import { type Severity, severityId } from '../domain/severity.ts';
import { type Growth, growsWorse } from '../domain/standing.ts';
import { dayOf } from '../domain/zoned-time.ts';
import type { Sql } from '../ports/store.ts';
import type { PlacedAlert } from './alerts.ts';
import { addToDigest, touchDigest } from './digest.ts';
import { keyOfInventory } from './inventory.ts';
import { type Movable, moveStanding } from './move-standing.ts';
import { openAgain } from './publications.ts';

/** An alert of a step as it bears on where its incident stands. */
export type StandingAlert = PlacedAlert & {
  /** Its source had it open already when it was connected. */
  backlog: boolean;
  /** Whose issues of the day its incident counts against. */
  connection: string;
  /** Whose baseline decides whether it counts. */
  feed: string;
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
  /** Those that were closed. */
  reopened: readonly string[];
  /** Vulnerabilities that are pressing since this step. */
  pressing: readonly string[];
}

interface Row extends Movable {
  kind: AlertKind;
  pressing: boolean;
  severity: Severity;
  status: IncidentStatus;
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
  const rows = await loadRows(tx, step);
  const entries = rows.length === 0 ? [] : await place(tx, rows, step);
  await observeAgain(tx, step);
  return entries;
}

async function place(tx: Sql, rows: readonly Row[], step: StandingStep): Promise<LedgerEntry[]> {
  const { now, policy, alerts } = step;
  const { stood, entries } = await moveStanding(tx, { now, policy, rows, growths: growthsOf(rows, step) });
  const fresh = new Set(
    alerts.flatMap((one) => (one.repeat || ends(one.triaged.alert.lifecycle) ? [] : [one.incident])),
  );
  const listed = new Set(stood.flatMap(({ stands, incident }) => (stands === 'inventory' ? [incident] : [])));
  const rooms = rows.filter(({ id }) => fresh.has(id) && listed.has(id)).map(({ room }) => room);
  for (const room of new Set(rooms)) await openAgain(tx, keyOfInventory(room));
  return entries;
}

/** A team on trial reads in today's digest whom it would have been told to that something of another day is worse, or back. */
async function observeAgain(tx: Sql, { now, policy, worseThan, pressing, reopened }: StandingStep): Promise<void> {
  const changed = [...worseThan.keys(), ...pressing, ...reopened];
  if (!policy.observed || !policy.quiet.on || changed.length === 0) return;
  const { rows } = await tx.query<{ id: string; room: string }>(
    `select id, room from incident where id = any($1::bigint[]) and stands = 'issue' and status = 'open'`,
    [changed],
  );
  for (const [room, own] of Map.groupBy(rows, (row) => row.room)) {
    const day = dayOf(now, roomOf(policy, room).timeZone);
    await addToDigest(
      tx,
      day,
      own.map(({ id }) => id),
    );
    await touchDigest(tx, now, { room, day });
  }
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
        feed: worst?.feed ?? '',
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
