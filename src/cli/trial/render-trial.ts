import { oneLine } from '../../publish/text.ts';
import { both } from '../../publish/times.ts';
import type { Call, Miss, Pair } from './compare.ts';
import type { TrialReport, UnmatchedRow } from './trial-report.ts';

/** Lines of one section; `--json` has them all. */
const shown = 50;

const missText: Record<Miss, string> = {
  'said-otherwise': 'Yagura calls it nothing',
  'would-tell-nobody': 'nobody would have been told',
  'too-low': 'rated too low',
};

/** The report as text for a terminal, misses first. Texts of others are shown as one line, without what steers a terminal. */
export function renderTrial(report: TrialReport): string {
  return apart([head(report), ...sections(report), numbers(report), ...rest(report)]);
}

/** Parts with a line between them, but for empty sections that follow each other. */
function apart(parts: readonly string[]): string {
  const shown = parts.filter((part) => part !== '');
  const empty = (part = '') => part.endsWith(': none');
  return shown
    .map((part, k) => part + (empty(part) && empty(shown[k + 1]) ? '\n' : '\n\n'))
    .join('')
    .trimEnd();
}

function head(report: TrialReport): string {
  const { incidents, decided, rows, absent, misses } = report;
  const since = both(new Date(report.since), report.timeZone);
  const matched = rows.matchedById + rows.matchedByTitle;
  const found = `${matched} of ${rows.read} rows found (${rows.matchedById} by id, ${rows.matchedByTitle} by title and time)`;
  return [
    `Trial since ${since}: ${count(incidents, 'incident')}, ${decided} decided by people.`,
    `Missed: ${absent.length + misses.length}; ${absent.length} without any alert here, ${misses.length} judged too lightly.`,
    ...(rows.read > 0 ? [`The file: ${found}.`] : []),
    ...judgedBy(report),
  ].join('\n');
}

/** By which policies it is told whom Yagura would have told. */
function judgedBy({ policy, policies, policyUnknown, incidents }: TrialReport): string[] {
  const last = `${policy.repository}@${policy.commit.slice(0, 12)}`;
  const [only] = policies;
  const by =
    policies.length > 1
      ? `the policy in force when each incident became as severe as it is (${policies.length} commits; the last is ${last})`
      : only === undefined || only.commit === policy.commit
        ? last
        : `${policy.repository}@${only.commit.slice(0, 12)}`;
  return [
    `Whom Yagura would have told is by ${by}, as if its mode let it.`,
    ...(policyUnknown > 0
      ? [`Of ${policyUnknown} of ${incidents} incidents that policy is not stored: they are judged by ${last}.`]
      : []),
  ];
}

function sections(report: TrialReport): string[] {
  const { absent, misses, falseAlarms, byDay, divided, groups } = report;
  const alarm = (pair: Pair) =>
    `${line(pair)}: would have told ${pair.yagura.tells.join(', ')}${proposal(pair, ' and proposed ')}`;
  return [
    section('Missed altogether: people called it real, and no alert here is it', absent, unmatchedLine),
    section('Misses', misses, (pair) => `${line(pair)}: ${pair.misses.map((miss) => missText[miss]).join('; ')}`),
    section('False alarms: people called it nothing', falseAlarms, alarm),
    section('Called real, and told to nobody by design: it is mended by day', byDay, line),
    section('People disagree', divided, (pair) => `${line(pair)}: ${pair.people.verdicts.join(' and ')}`),
    section(
      'Together for people, apart here',
      groups.split,
      ({ group, incidents }) => `${text(group)}: incidents ${incidents.join(', ')}`,
    ),
    section(
      'Together here, apart for people',
      groups.joined,
      ({ incident, groups: apart }) => `incident ${incident}: ${apart.map(text).join(', ')}`,
    ),
  ];
}

function numbers({ calls, severity, told, proposed, groups }: TrialReport): string {
  const row = (name: string, all: Record<Call, number>) =>
    `  ${name.padEnd(18)}${[all.real, all.nothing, all.open].map((n) => String(n).padStart(10)).join('')}`;
  const rated = severity.same + severity.yaguraHigher + severity.yaguraLower;
  const { both, people, yagura } = groups.pairs;
  return [
    'In numbers, by incident',
    `  ${'people \\ Yagura'.padEnd(18)}${['real', 'nothing', 'open'].map((name) => name.padStart(10)).join('')}`,
    row('real', calls.real),
    row('nothing', calls.nothing),
    row('open', calls.open),
    `  severity: ${share(severity.same, rated)} the same, ${severity.yaguraHigher} higher here, ${severity.yaguraLower} lower here`,
    `  told somebody: ${share(...told.real)} of the real, ${share(...told.nothing)} of the nothing`,
    `  proposed an action: ${share(...proposed.real)} of the real, ${share(...proposed.nothing)} of the nothing`,
    `  groups, over ${count(groups.rows, 'row')} that say one: ${count(both, 'pair')} together for both, ${people} for people only, ${yagura} here only`,
  ].join('\n');
}

function rest(report: TrialReport): string[] {
  const { undecided, unmatched, unreadable, rows, ignoredColumns } = report;
  const loud = undecided.filter(({ tells }) => tells.length > 0).length;
  const notes = [
    ...(rows.before > 0 ? [`Left out, since they are of before the trial: ${count(rows.before, 'row')}.`] : []),
    ...(rows.without > 0 ? [`Found, and without a verdict: ${count(rows.without, 'row')}.`] : []),
    ...(ignoredColumns.length > 0 ? [`Columns nobody reads: ${ignoredColumns.map(text).join(', ')}.`] : []),
  ];
  return [
    section('Other rows that could not be told to be an alert here', unmatched, unmatchedLine),
    section('Rows that cannot be read', unreadable, ({ line: at, why }) => `line ${at}: ${text(why)}`),
    section(
      `Nobody decided${loud === 0 ? '' : `; of ${loud} of them Yagura would have told somebody`}`,
      undecided,
      ({ title, severity, tells, ...where }) =>
        `${place(where)} ${text(title)}, ${severity}${tells.length > 0 ? `, would have told ${tells.join(', ')}` : ''}`,
    ),
    notes.join('\n'),
  ];
}

function section<Item>(title: string, items: readonly Item[], lineOf: (item: Item) => string): string {
  if (items.length === 0) return `${title}: none`;
  const lines = items.slice(0, shown).map((item) => `  ${lineOf(item)}`);
  const more = items.length > shown ? [`  and ${items.length - shown} more: --json has them all`] : [];
  return [`${title} (${items.length})`, ...lines, ...more].join('\n');
}

/** `#12 Login failures: true-positive, high by ken | suspicious, medium` */
function line({ title, people, yagura, ...where }: Pair): string {
  const said = [people.verdicts.join('/') || 'no verdict', people.severity ?? '']
    .filter((part) => part !== '')
    .join(', ');
  const who = people.who.length === 0 ? '' : ` by ${people.who.slice(0, 3).map(text).join(', ')}`;
  const acted = people.acted.length === 0 ? '' : `, ${people.acted.join(' ')}`;
  const here = `${yagura.verdict}, ${yagura.severity}`;
  return `${place(where)} ${text(title)} | people: ${said}${who}${acted} | Yagura: ${here}`;
}

function proposal({ yagura }: Pair, word: string): string {
  if (yagura.proposes.length === 0) return '';
  const more = yagura.proposes.length > 3 ? ` and ${yagura.proposes.length - 3} more` : '';
  return `${word}${yagura.proposes.slice(0, 3).map(text).join(', ')}${more}`;
}

function unmatchedLine({ line: at, id, title, verdict, why }: UnmatchedRow): string {
  return `line ${at}: ${text(id || title)}${verdict === undefined ? '' : `, ${verdict}`}: ${why}`;
}

function place({ incident, room, issue, stands }: Pick<Pair, 'incident' | 'room' | 'issue' | 'stands'>): string {
  if (issue !== null) return `${room}#${issue}`;
  return `incident ${incident}${stands === 'issue' ? '' : ` (only in the ${stands})`}`;
}

/** `4 of 5 (80 %)`: never a share without what it is of. */
function share(n: number, of: number): string {
  return of === 0 ? '0 of 0' : `${n} of ${of} (${Math.round((100 * n) / of)} %)`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

function text(of: string): string {
  return oneLine(of, 100);
}
