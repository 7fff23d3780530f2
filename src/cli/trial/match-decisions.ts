import { sha256 } from '../../domain/canonical.ts';
import type { Sql } from '../../ports/store.ts';
import { incidentsOfRecords, type TrialAlert, trialAlerts, trialSources } from '../../store/trial.ts';
import type { Decision } from './read-decisions.ts';

/** A decision, and the incident its alert is in. */
export interface Matched {
  decision: Decision;
  incident: string;
  by: 'id' | 'title';
}

/** A decision whose alert could not be told, and why. */
export interface Unmatched {
  decision: Decision;
  why: string;
  /** Nothing here fits it; else several do, or it could not be looked for. */
  absent: boolean;
}

/** Alerts read at a time, and the longest text of one that is searched for an id. */
const page = 500;
const textLimit = 2_000;
/** An id of fewer characters would be found by chance: in a port, a count, a year. */
const shortestId = 5;

interface Wanted {
  decision: Decision;
  byId: Set<string>;
  /** By incident, how far in time its nearest alert of that title is, in milliseconds. */
  byTitle: Map<string, number>;
  /** Its id is of an alert that was last seen before the trial. */
  before: boolean;
}

/**
 * Finds for each decision the incident of the alert it is about: by its id, which stands in a field of the alert as a
 * whole or as a part of a path, or was the product's event id of a record; else by an equal title and a time within
 * `windowMs` of the alert. What fits several incidents fits none: nothing is guessed. `before`: those whose id is of an
 * alert that was not seen since. Reads alerts page by page.
 */
export async function matchDecisions(
  sql: Sql,
  decisions: readonly Decision[],
  { since, windowMs }: { since: Date; windowMs: number },
): Promise<{ matched: Matched[]; unmatched: Unmatched[]; before: Decision[] }> {
  const wanted = decisions.map(
    (decision): Wanted => ({ decision, byId: new Set(), byTitle: new Map(), before: false }),
  );
  const byTitle = grouped(wanted, ({ decision }) => (decision.time ? plain(decision.title) : ''));
  await eachById(
    sql,
    { since },
    wanted,
    (one, alert) => one.byId.add(alert.incidentId),
    (alert) => {
      for (const one of byTitle.get(plain(alert.title)) ?? []) nearTitle(one, alert, windowMs);
    },
  );
  await byRecords(sql, wanted, since);
  const nowhere = wanted.filter((one) => one.byId.size + one.byTitle.size === 0 && !one.before);
  await eachById(sql, { before: since }, nowhere, (one) => {
    one.before = true;
  });
  const matched: Matched[] = [];
  const unmatched: Unmatched[] = [];
  const before: Decision[] = [];
  for (const one of wanted) {
    const found = incidentOf(one);
    if (!('why' in found)) matched.push({ decision: one.decision, ...found });
    else if (one.before && found.absent) before.push(one.decision);
    else unmatched.push({ decision: one.decision, ...found });
  }
  return { matched, unmatched, before };
}

/** Goes through alerts, and says which of those that are wanted has an id that stands in which. */
async function eachById(
  sql: Sql,
  seen: Parameters<typeof trialAlerts>[1],
  wanted: readonly Wanted[],
  found: (one: Wanted, alert: TrialAlert) => void,
  also?: (alert: TrialAlert) => void,
): Promise<void> {
  const byId = grouped(wanted, ({ decision: { id } }) => (id.length < shortestId ? '' : id.toLowerCase()));
  if (byId.size === 0 && !also) return;
  for (let after = '0'; ; ) {
    const alerts = await trialAlerts(sql, seen, after, page);
    for (const alert of alerts) {
      if (byId.size > 0) for (const text of textsOf(alert)) for (const one of byId.get(text) ?? []) found(one, alert);
      also?.(alert);
    }
    const last = alerts.at(-1);
    if (alerts.length < page || !last) break;
    after = last.id;
  }
}

function incidentOf({ decision, byId, byTitle }: Wanted): Omit<Matched, 'decision'> | Omit<Unmatched, 'decision'> {
  const [only] = byId;
  if (byId.size === 1 && only !== undefined) return { incident: only, by: 'id' };
  // The title and the time may tell which of several the id means.
  const fitting = [...byTitle].filter(([incident]) => byId.size === 0 || byId.has(incident));
  const nearest = Math.min(...fitting.map(([, distance]) => distance));
  const near = fitting.filter(([, distance]) => distance === nearest);
  const [first] = near;
  if (near.length === 1 && first) return { incident: first[0], by: byId.size === 0 ? 'title' : 'id' };
  if (near.length > 1) return { why: `its title and time fit ${near.length} incidents`, absent: false };
  if (byId.size > 1) return { why: `its id stands in ${byId.size} incidents`, absent: false };
  const short = decision.id !== '' && decision.id.length < shortestId;
  if (short) return { why: `an id of ${decision.id.length} characters is too short to look for`, absent: false };
  return { why: decision.id === '' ? 'no alert has its title near its time' : 'no alert has its id', absent: true };
}

function nearTitle(one: Wanted, alert: TrialAlert, windowMs: number): void {
  const at = one.decision.time?.getTime();
  if (at === undefined) return;
  const distance = Math.max(0, alert.firstSeen.getTime() - at, at - alert.lastSeen.getTime());
  if (distance > windowMs) return;
  one.byTitle.set(alert.incidentId, Math.min(distance, one.byTitle.get(alert.incidentId) ?? distance));
}

/** A repeat is folded into the alert before it; the product's event id of its record is all that is left of it. */
async function byRecords(sql: Sql, wanted: readonly Wanted[], since: Date): Promise<void> {
  const open = wanted.filter(({ decision, byId }) => decision.id.length >= shortestId && byId.size === 0);
  if (open.length === 0) return;
  const sources = await trialSources(sql);
  const identities = (id: string) => sources.map((source) => `${source}:event:${sha256(id)}`);
  for (let k = 0; k < open.length; k += page) {
    const some = open.slice(k, k + page);
    const found = await incidentsOfRecords(
      sql,
      some.flatMap(({ decision }) => identities(decision.id)),
      since,
    );
    for (const one of some)
      for (const identity of identities(one.decision.id)) {
        const record = found.get(identity);
        if (record?.during) one.byId.add(record.incident);
        else if (record) one.before = true;
      }
  }
}

function grouped(wanted: readonly Wanted[], keyOf: (one: Wanted) => string): ReadonlyMap<string, Wanted[]> {
  const groups = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const key = keyOf(one);
    if (key === '') continue;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Titles that differ in case or spaces are one. */
function plain(title: string): string {
  return title.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Every text an id could be: each whole, and the parts of those that are a path, an address or an ARN. */
function textsOf({ ocsf, link }: TrialAlert): Set<string> {
  const texts = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.length > textLimit) return;
      const text = value.toLowerCase();
      texts.add(text);
      if (/[/:?&=#]/.test(text)) for (const part of text.split(/[/:?&=#]+/)) texts.add(part);
    } else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) look(inner);
  };
  look(link);
  look(ocsf);
  return texts;
}
