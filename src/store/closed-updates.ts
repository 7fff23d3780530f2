import type { ParsedAlert } from '../domain/alert.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import { ends, isLater } from '../domain/life.ts';
import { atLeast, type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { takeSteps } from './alerts.ts';
import type { Arrived } from './pipeline-batch.ts';
import { followed } from './settle.ts';
import type { RoomFingerprint } from './stories.ts';

/** The closed incident that a step is about. */
interface Closed {
  incident: string;
  alert: string;
  /** As bad as it was when it was closed. */
  worst: Severity;
  /** Dependabot follows the place, and its word alone counts there. */
  followed: boolean;
  /** The latest step of its life that was told. */
  lifecycle: ParsedAlert['lifecycle'] | null;
  stepAt: Date;
  /** It stands in the room of the step, and its issue is there. */
  returns: boolean;
}

/** What came in, without the updates that change nothing. */
export interface News<T> {
  news: T[];
  /** What is to be written down of the others. */
  kept: LedgerEntry[];
  /** The closed incident in which a place goes on, and whether that opens it again. */
  closedStory(one: T): { story: string; reopens: boolean } | undefined;
}

/**
 * What is told of an alert goes on in its incident, however long ago that was closed. An update opens it again where it got
 * worse than it was when it was closed, or where its source had it ended and has it open now; any other is only written to
 * the alert it is about, for whoever opens it again.
 */
export async function withoutClosedUpdates<T extends Arrived>(tx: Sql, arrived: readonly T[]): Promise<News<T>> {
  const steps = arrived.filter(goesOn);
  if (steps.length === 0) return { news: [...arrived], kept: [], closedStory: () => undefined };
  const closed = await loadClosed(tx, steps);
  const news: T[] = [];
  const kept: { one: T; known: Closed }[] = [];
  for (const one of arrived) {
    const known = one.triaged.alert.update ? closed.get(keyOf(one)) : undefined;
    const worse = known !== undefined && !known.followed && !atLeast(known.worst, one.triaged.effectiveSeverity);
    if (known && !worse && !livesAgain(one, known)) kept.push({ one, known });
    else news.push(one);
  }
  const closedStory = (one: T) => {
    const known = goesOn(one) ? closed.get(keyOf(one)) : undefined;
    return known?.returns ? { story: known.incident, reopens: !ends(one.triaged.alert.lifecycle) } : undefined;
  };
  return { news, kept: await keep(tx, kept), closedStory };
}

function livesAgain({ triaged: { alert } }: Arrived, { lifecycle, stepAt }: Closed): boolean {
  const known = { lifecycle: lifecycle ?? undefined, at: stepAt };
  return (
    ends(lifecycle ?? undefined) &&
    !ends(alert.lifecycle) &&
    isLater({ lifecycle: alert.lifecycle, at: alert.time }, known)
  );
}

/** Whether it is about a place that was told before: it says something anew, or that it is over. */
function goesOn({ triaged: { alert } }: Arrived): boolean {
  return alert.update === true || (alert.place !== undefined && ends(alert.lifecycle));
}

/** Which closed incident each of these is about; none of what is open. */
async function loadClosed(tx: Sql, steps: readonly RoomFingerprint[]): Promise<Map<string, Closed>> {
  const distinct = [...new Map(steps.map((one) => [keyOf(one), one])).values()];
  const found = await tx.query<Closed & RoomFingerprint & { open: boolean }>(
    `select distinct on (k.room, k.fingerprint) k.room, k.fingerprint, i.id as incident, a.id as alert,
       ($3::text[])[greatest(array_position($3::text[], i.severity), array_position($3::text[], a.effective_severity))] as worst,
       i.status = 'open' as open,
       a.followed, a.lifecycle, coalesce(a.step_at, a.time) as "stepAt", i.room = k.room and not i.people ? 'gone' as returns
     from unnest($1::text[], $2::text[]) as k(room, fingerprint)
     join (select a.*, ${followed} as followed from alert a
       where a.incident_id in (select incident_id from alert where fingerprint = any($2))) as a on a.fingerprint = k.fingerprint
     join incident i on i.id = a.incident_id where i.status in ('open', 'closed')
     order by k.room, k.fingerprint, i.status = 'open' desc, i.room = k.room desc, i.closed_at desc, a.id`,
    [distinct.map(({ room }) => room), distinct.map(({ fingerprint }) => fingerprint), severities],
  );
  return new Map(found.rows.filter(({ open }) => !open).map((row) => [keyOf(row), row]));
}

async function keep(tx: Sql, kept: readonly { one: Arrived; known: Closed }[]): Promise<LedgerEntry[]> {
  await tx.query(
    'insert into alert_raw (raw_id, alert_id) select * from unnest($1::bigint[], $2::bigint[]) on conflict do nothing',
    [kept.map(({ one }) => one.rawId), kept.map(({ known }) => known.alert)],
  );
  const told = Map.groupBy(kept, ({ known }) => known.alert);
  await takeSteps(
    tx,
    [...told].map(([id, group]) => ({
      id,
      group: group.map(({ one: { triaged }, known: { incident } }) => ({ incident, triaged })),
    })),
  );
  return kept.map(({ one: { rawId }, known }) => ({
    kind: 'repeat',
    incidentId: known.incident,
    body: { raw: rawId, alert: known.alert, reason: 'an update of what is closed', key: null },
  }));
}

function keyOf({ room, fingerprint }: RoomFingerprint): string {
  return `${room}|${fingerprint}`;
}
