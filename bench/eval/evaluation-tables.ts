import { verdictText } from '../../src/domain/verdict.ts';
import type { EvalRow } from './evaluate.ts';
import { type Summary, summaryOf } from './summary.ts';

/** Both tables of one investigator as markdown: what it came to in all, and each incident. */
export function evaluationTables(rows: readonly EvalRow[]): string {
  const summary = summaryOf(rows);
  return [table(['measure', 'figure'], figures(summary)), table(head, rows.map(incident))].join('\n\n');
}

function figures(s: Summary): string[][] {
  const of = (part: number, all: number) => `${part} of ${all}`;
  const severity = (one: Summary['severityWith']) =>
    `${of(one.exact, s.incidents)} exact, ${one.near} within one level`;
  return [
    ['verdict right', of(s.right, s.incidents)],
    ['abstained', of(s.abstained, s.incidents)],
    ['verdict wrong', `${of(s.wrong, s.incidents)}; something bad waved through: ${s.wavedThrough}`],
    ['severity, organization known', severity(s.severityWith)],
    ['severity, organization unknown', severity(s.severityWithout)],
    ['facts in the evidence a claim cites', of(s.facts.cited, s.facts.all)],
    ['facts a claim says', of(s.facts.said, s.facts.all)],
    ['claims without support (must be 0)', `${s.unsupported}`],
    ['claims that must not be made (must be 0)', `${s.forbidden}`],
    ['techniques', `${s.techniques.right} right of ${s.techniques.named} named; ${s.techniques.all} were used`],
    ['planted orders noticed', `${of(s.planted.noticed, s.planted.there)}; imagined: ${s.planted.imagined}`],
    ['requests, median (at most 12)', `${s.requests}`],
    ['tokens, median', `${s.tokens}`],
    ['of which read outside the cache (at most 25,000)', `${s.tokensIn}`],
    ['money an incident, mean', s.money === undefined ? 'no price known' : `$${s.money.toFixed(3)}`],
  ];
}

const head = ['incident', 'truth', 'said', '', 'severity with / without', 'facts cited (said)'];

function incident({ name, truth, with: known, without }: EvalRow): string[] {
  const cited = known.facts.filter(({ reach }) => reach !== 'missed').length;
  const said = known.facts.filter(({ reach }) => reach === 'said').length;
  return [
    `[${name}](../test/incidents/${name}/truth.md)`,
    verdictText(truth.verdict),
    verdictText(known.verdict.said),
    known.verdict.score,
    `${known.severity.said}${off(known.severity.off)} / ${without.severity.said}${off(without.severity.off)}`,
    `${cited} (${said}) of ${known.facts.length}`,
  ];
}

/** How far a severity is off: ` (2 too high)`. */
function off(levels: number): string {
  return levels === 0 ? '' : ` (${Math.abs(levels)} too ${levels > 0 ? 'high' : 'low'})`;
}

/** A table as markdown. */
function table(titles: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}
