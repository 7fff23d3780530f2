import type { Standing } from '../../domain/quiet.ts';
import { roomOf } from '../../domain/room.ts';
import { severityId } from '../../domain/severity.ts';
import type { TrialIncident } from '../../store/trial.ts';
import { type Call, callOf, compare, type Miss, type Pair } from './compare.ts';
import { compareGroups, type Groups } from './compare-groups.ts';
import type { Matched, Unmatched } from './match-decisions.ts';
import type { TrialPolicies } from './policies.ts';
import type { Decision, Unreadable } from './read-decisions.ts';
import { tellsOf } from './would.ts';

/** A row whose alert could not be told, and why. */
export type UnmatchedRow = Decision & { why: string };

/** All that came of a trial; `--json` prints it as it is. */
export interface TrialReport {
  since: string;
  /** By which days and times are meant and shown. */
  timeZone: string;
  /** The one that was read last. */
  policy: { repository: string; commit: string };
  /** The policies incidents were judged by: those in force then. */
  policies: { commit: string; incidents: number }[];
  /** Incidents whose policy is not stored; judged by the one read last. */
  policyUnknown: number;
  incidents: number;
  decided: number;
  /** Rows of the file. */
  rows: { read: number; matchedById: number; matchedByTitle: number; before: number; without: number };
  /** Called real by people, and no alert here is it: the worst misses. */
  absent: UnmatchedRow[];
  /** Worst first: said otherwise, would tell nobody, too low. */
  misses: Pair[];
  /** Called nothing by people, and somebody would have been told. */
  falseAlarms: Pair[];
  /** Called real, of a kind that is mended by day and by design tells nobody. */
  byDay: Pair[];
  divided: Pair[];
  groups: Groups;
  /** How many incidents people called so, by what Yagura calls them. */
  calls: Record<Call, Record<Call, number>>;
  /** Incidents of which people gave a severity. */
  severity: { same: number; yaguraHigher: number; yaguraLower: number };
  /** Somebody would have been told, of how many. */
  told: { real: [told: number, of: number]; nothing: [told: number, of: number] };
  /** An action was proposed, of how many. */
  proposed: { real: [proposed: number, of: number]; nothing: [proposed: number, of: number] };
  undecided: {
    incident: string;
    room: string;
    issue: number | null;
    stands: Standing;
    title: string;
    severity: string;
    tells: string[];
  }[];
  /** The others, told to be no alert here or to be one of several. */
  unmatched: UnmatchedRow[];
  unreadable: Unreadable[];
  ignoredColumns: string[];
}

const order: readonly Miss[] = ['said-otherwise', 'would-tell-nobody', 'too-low'];

/** What a file held, and what of it was found. */
export interface Given {
  matched: Matched[];
  unmatched: Unmatched[];
  unreadable: Unreadable[];
  /** Of before the trial. */
  before: Decision[];
  ignored: string[];
}

export function trialReport(
  all: readonly TrialIncident[],
  given: Given,
  { policies, since }: { policies: TrialPolicies; since: Date },
): TrialReport {
  const { newest, byCommit } = policies;
  const policyOf = ({ policyCommit }: TrialIncident) => byCommit.get(policyCommit ?? '') ?? newest;
  const tells = (one: TrialIncident) => tellsOf(one, policyOf(one));
  const incidents = all.map((one) => (roomOf(newest, one.room).restricted ? withheld(one) : one));
  const { pairs, undecided } = compare(incidents, given.matched, tells);
  const called = (call: Call) => pairs.filter(({ people }) => people.call === call);
  const of = (call: Call, is: (pair: Pair) => boolean): [number, number] => {
    const all = called(call);
    return [all.filter(is).length, all.length];
  };
  const told = ({ yagura }: Pair) => yagura.tells.length > 0;
  const proposes = ({ yagura }: Pair) => yagura.proposes.length > 0;
  const rank = ({ misses }: Pair) => Math.min(...misses.map((miss) => order.indexOf(miss)));
  return {
    since: since.toISOString(),
    timeZone: newest.timeZone,
    policy: { repository: newest.repository, commit: newest.commit },
    policies: [...Map.groupBy(all, (one) => policyOf(one).commit)].map(([commit, some]) => ({
      commit,
      incidents: some.length,
    })),
    policyUnknown: all.filter(({ policyCommit }) => !byCommit.has(policyCommit ?? '')).length,
    incidents: incidents.length,
    decided: pairs.length,
    rows: {
      read: given.matched.length + given.unmatched.length + given.unreadable.length + given.before.length,
      matchedById: given.matched.filter(({ by }) => by === 'id').length,
      matchedByTitle: given.matched.filter(({ by }) => by === 'title').length,
      before: given.before.length,
      without: given.matched.filter(({ decision }) => decision.verdict === undefined).length,
    },
    absent: rowsOf(given.unmatched.filter(isAbsent)),
    misses: pairs.filter(({ misses }) => misses.length > 0).sort((a, b) => rank(a) - rank(b)),
    falseAlarms: called('nothing').filter(told),
    byDay: called('real').filter((pair) => !told(pair) && !pair.misses.includes('would-tell-nobody')),
    divided: pairs.filter(({ people }) => people.divided),
    groups: compareGroups(given.matched),
    calls: { real: tally(called('real')), nothing: tally(called('nothing')), open: tally(called('open')) },
    severity: severityOf(pairs),
    told: { real: of('real', told), nothing: of('nothing', told) },
    proposed: { real: of('real', proposes), nothing: of('nothing', proposes) },
    undecided: undecided.map((one) => {
      const { id, room, issue, stands, title, severity } = one;
      return { incident: id, room, issue, stands, title, severity, tells: tells(one) };
    }),
    unmatched: rowsOf(given.unmatched.filter((one) => !isAbsent(one))),
    unreadable: given.unreadable,
    ignoredColumns: given.ignored,
  };
}

/** What people called nothing, or gave no verdict, was not missed. */
function isAbsent({ decision, absent }: Unmatched): boolean {
  return absent && decision.verdict !== undefined && callOf(decision.verdict) === 'real';
}

function rowsOf(unmatched: readonly Unmatched[]): UnmatchedRow[] {
  return unmatched.map(({ decision, why }) => ({ ...decision, why }));
}

/** Of an incident in a restricted room only its number is told here. */
function withheld(incident: TrialIncident): TrialIncident {
  return { ...incident, title: '(restricted)', proposed: incident.proposed.map(() => '(restricted)') };
}

function tally(pairs: readonly Pair[]): Record<Call, number> {
  const counts = { real: 0, nothing: 0, open: 0 };
  for (const { yagura } of pairs) counts[yagura.call] += 1;
  return counts;
}

function severityOf(pairs: readonly Pair[]): TrialReport['severity'] {
  const counts = { same: 0, yaguraHigher: 0, yaguraLower: 0 };
  for (const { people, yagura } of pairs) {
    if (people.severity === undefined) continue;
    const more = severityId(yagura.severity) - severityId(people.severity);
    counts[more === 0 ? 'same' : more > 0 ? 'yaguraHigher' : 'yaguraLower'] += 1;
  }
  return counts;
}
