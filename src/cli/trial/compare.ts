import { needsSomebodyNow } from '../../domain/alert.ts';
import type { Standing } from '../../domain/quiet.ts';
import { maxSeverity, type Severity, severityId } from '../../domain/severity.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { quietVerdicts } from '../../publish/needs-human.ts';
import type { TrialIncident } from '../../store/trial.ts';
import type { Matched } from './match-decisions.ts';

/** What a verdict comes to: something was there, nothing was, or it does not say. */
export type Call = 'real' | 'nothing' | 'open';

/** One incident of Yagura's and all that people decided about it. */
export interface Pair {
  incident: string;
  /** Key of its room, empty for the default one. */
  room: string;
  issue: number | null;
  stands: Standing;
  title: string;
  kind: string;
  yagura: { severity: Severity; verdict: Verdict; call: Call; tells: string[]; proposes: string[] };
  people: {
    call: Call;
    /** Each verdict once. */
    verdicts: Verdict[];
    /** The highest they gave. */
    severity?: Severity;
    who: string[];
    /** Rows of the file; commands are not among them. */
    rows: number;
    /** Some say that it was real and some that it was nothing. */
    divided: boolean;
    acted: string[];
  };
  /** Ways in which Yagura missed what people called real. */
  misses: Miss[];
}

export type Miss = 'said-otherwise' | 'would-tell-nobody' | 'too-low';

/** Sets every incident that people decided about beside what Yagura says of it; `tellsOf`: whom it would have told. */
export function compare(
  incidents: readonly TrialIncident[],
  matched: readonly Matched[],
  tellsOf: (incident: TrialIncident) => string[],
): { pairs: Pair[]; undecided: TrialIncident[] } {
  const rows = new Map<string, Matched[]>();
  for (const one of matched) {
    const others = rows.get(one.incident);
    if (others) others.push(one);
    else rows.set(one.incident, [one]);
  }
  const pairs: Pair[] = [];
  const undecided: TrialIncident[] = [];
  for (const incident of incidents) {
    const people = peopleOf(incident, rows.get(incident.id) ?? []);
    if (people.verdicts.length === 0 && people.severity === undefined) undecided.push(incident);
    else pairs.push(pairOf(incident, people, tellsOf(incident)));
  }
  return { pairs, undecided };
}

function peopleOf(incident: TrialIncident, rows: readonly Matched[]): Pair['people'] {
  const decisions = rows.map(({ decision }) => decision);
  const verdicts = new Set(decisions.flatMap(({ verdict }) => (verdict === undefined ? [] : [verdict])));
  if (incident.peopleVerdict) verdicts.add(incident.peopleVerdict);
  const calls = new Set([...verdicts].map(callOf));
  const given = decisions.flatMap(({ severity }) => (severity === undefined ? [] : [severity]));
  if (incident.peopleSeverity) given.push(incident.peopleSeverity);
  const who = [...decisions.map((one) => one.who), incident.peopleWho ?? ''].filter((name) => name !== '');
  return {
    // One who saw something is not outvoted by those who did not.
    call: calls.has('real') ? 'real' : calls.has('nothing') ? 'nothing' : 'open',
    verdicts: [...verdicts],
    ...(given.length > 0 && { severity: given.reduce(maxSeverity) }),
    who: [...new Set(who)],
    rows: rows.length,
    divided: calls.has('real') && calls.has('nothing'),
    acted: incident.acted,
  };
}

function pairOf(incident: TrialIncident, people: Pair['people'], tells: string[]): Pair {
  const { severity, verdict } = incident;
  const call = callOf(verdict);
  const misses: Miss[] = [];
  if (people.call === 'real') {
    if (call === 'nothing') misses.push('said-otherwise');
    if (tells.length === 0 && needsSomebodyNow(incident)) misses.push('would-tell-nobody');
  }
  // What nobody calls nothing was not rated too low by mistake alone.
  if (people.call !== 'nothing' && people.severity && severityId(severity) < severityId(people.severity))
    misses.push('too-low');
  const { id, room, issue, stands, title, kind } = incident;
  const yagura = { severity, verdict, call, tells, proposes: incident.proposed };
  return { incident: id, room, issue, stands, title, kind, yagura, people, misses };
}

/** Of suspicion something has to be made; what is only insufficient, or not assessed, is open. */
export function callOf(verdict: Verdict): Call {
  if (quietVerdicts.includes(verdict)) return 'nothing';
  return verdict === 'not-assessed' || verdict === 'insufficient-data' ? 'open' : 'real';
}
