import { type AlertKind, needsSomebodyNow } from './alert.ts';
import { adoptedByPolicy, type QuietPolicy, type Standing } from './quiet.ts';
import { atLeast, type Severity, severityId } from './severity.ts';

/** What a step of the pipeline made of an incident that has no issue yet. */
export interface Growth {
  incident: string;
  kind: AlertKind;
  /** Exploited and exposed. */
  pressing: boolean;
  severity: Severity;
  /** Where it stands; undefined when it is new. */
  stands: Exclude<Standing, 'issue'> | undefined;
  /** A person wrote it, or one it is part of now has an issue: it opens at once. */
  atOnce: boolean;
  /** Something of it happened, or made it worse, after its source was connected. */
  news: boolean;
  /** Policy adopts it where it stands. */
  adopted: boolean;
  /** Whose issues of the day it counts against. */
  connection: string;
  /** What must have sent for long enough that it does not count. */
  feed: string;
}

/** What was opened for a source so far today. */
export interface SourceDay {
  /** False as long as it is too new: only so many issues are opened for it then. */
  baseline: boolean;
  opened: number;
}

/** `held`: it is as bad as one that opens an issue, and waits because the day's are used up. */
export interface Stood {
  incident: string;
  connection: string;
  stands: Standing;
  held: boolean;
  /** It took one of the day's. */
  counted: boolean;
}

/** Whether, of records in the order they came, one of those that count is worse than `bar` and than all before it. */
export function growsWorse(records: readonly { severity: Severity; counts: boolean }[], bar: Severity): boolean {
  let worst = severityId(bar);
  for (const { severity, counts } of records) {
    if (severityId(severity) <= worst) continue;
    if (counts) return true;
    worst = severityId(severity);
  }
  return false;
}

/** Of a day's issues these are kept for high and critical ones, so that a noisy morning does not use the day up. */
const keptForLoud = 2;

/**
 * Where each of these incidents stands from now on, the worst first; `days` counts by connection those that open, and says by
 * feed whether they count. What has an issue keeps it, so nothing is ever taken back.
 */
export function standingsOf(
  growths: readonly Growth[],
  quiet: QuietPolicy,
  days: ReadonlyMap<string, SourceDay>,
): Stood[] {
  const opened = new Map([...days].map(([connection, day]) => [connection, day.opened]));
  const worstFirst = [...growths].sort((a, b) => severityId(b.severity) - severityId(a.severity));
  return worstFirst.map((growth): Stood => {
    const { incident } = growth;
    const wanted = wantedStanding(growth, quiet);
    const adopted = isBacklog(growth) || (growth.adopted && !growth.news);
    const connection = adopted ? adoptedByPolicy : growth.connection;
    const free = !quiet.on || growth.atOnce || (!adopted && (days.get(growth.feed)?.baseline ?? true));
    if (wanted !== 'issue' || free) return { incident, connection, stands: wanted, held: false, counted: false };
    const before = opened.get(connection) ?? 0;
    if (before < shareOf(growth, quiet.issuesADay)) {
      opened.set(connection, before + 1);
      return { incident, connection, stands: 'issue', held: false, counted: true };
    }
    // What policy adopts waits where it is: another day has room for it.
    const stands = adopted ? (growth.stands ?? 'inventory') : 'digest';
    return { incident, connection, stands, held: !adopted, counted: false };
  });
}

/** How many of a day's issues may be open when this one is opened. */
function shareOf(growth: Growth, issuesADay: number): number {
  // What somebody may have to get up for does not wait for another day because others came first.
  if (growth.severity === 'critical' && needsSomebodyNow(growth) && !isBacklog(growth)) return 2 * issuesADay;
  const kept = Math.min(keptForLoud, Math.floor(issuesADay / 2));
  return atLeast(growth.severity, 'high') ? issuesADay : issuesADay - kept;
}

function wantedStanding(growth: Growth, quiet: QuietPolicy): Standing {
  if (!quiet.on || growth.atOnce) return 'issue';
  if (isBacklog(growth)) return growth.adopted ? 'issue' : 'inventory';
  return atLeast(growth.severity, digestBelow(growth, quiet)) ? 'issue' : 'digest';
}

function isBacklog({ news, stands }: Growth): boolean {
  return !news && stands !== 'digest';
}

/** What may call somebody out of bed is never only listed from medium up, whatever the policy says. */
function digestBelow(growth: Pick<Growth, 'kind' | 'pressing'>, { digestBelow: below }: QuietPolicy): Severity {
  return needsSomebodyNow(growth) && atLeast(below, 'medium') ? 'medium' : below;
}
