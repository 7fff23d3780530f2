import type { IncidentView } from '../domain/incident-view.ts';
import type { Locale } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { adviceLine, adviceOn } from './advice.ts';
import { orList } from './approval-comment.ts';
import { toConfirmLines } from './emergency-comment.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';
import { clause, person, prose } from './text.ts';
import { inZone, length } from './times.ts';

/** Recommendations that are listed where everybody sees them. */
const listed = 10;

/** Recommendations whose content `doNext` shows; of others it has the number at most. */
export function listedByDoNext(view: IncidentView): Recommendation[] {
  return view.incident.status === 'open'
    ? view.recommendations.filter((r) => r.status === 'open').slice(0, listed)
    : [];
}

/**
 * What to type now. Nothing is offered that would be refused whoever types it. With advice, what a model says of an
 * action stands below it.
 */
export function doNext(view: IncidentView, advised = true): string {
  const { incident } = view;
  if (incident.status === 'merged') return '';
  if (incident.status === 'closed') return closedNext(view);
  const open = view.recommendations.filter((r) => r.status === 'open');
  const lines = [
    open.length > 0 ? '**Do next** (a responder)' : '**Do next**',
    ...toConfirmLines(view),
    ...recommended(view, open, advised),
  ];
  if (!incident.owner) lines.push('- `/take` if you have this');
  lines.push(closeLine(view));
  const [first] = open;
  const short = [
    open.length > 1 ? 'All: `/approve all`' : '',
    first ? `Not right: \`/reject ${first.id} <why>\`` : '',
    incident.snoozedUntil && incident.snoozedUntil > view.now ? '' : 'Later: `/snooze 4h`',
    'More: `/help`',
  ];
  lines.push('', short.filter((s) => s !== '').join(' · '));
  return lines.join('\n');
}

function closedNext(view: IncidentView): string {
  const { verdict, settled } = view.incident;
  if (settled && verdict === 'not-assessed')
    return '**Do next**\n- nothing: it opens again by itself when its source says so\n- `/reopen` if this is not over';
  const ask = verdict === 'not-assessed' ? ['- `/verdict fp <why>` or `/verdict tp <why>`: what was it?'] : [];
  return ['**Do next**', ...ask, '- `/reopen` if this is not over'].join('\n');
}

/** The ways to end it, the likely one first. */
function closeLine(view: IncidentView): string {
  const { incident, report } = view;
  const proposed = needsHuman(report, incident) ? undefined : report?.verdict;
  const said = incident.verdictBy ? incident.verdict : proposed;
  const nothing = '`/close fp <why>` when it is nothing';
  const dealt = '`/close tp <why>` when it is dealt with';
  if (said === 'benign' || said === 'test' || said === 'disregard')
    return `- \`/close ${said} <why>\` when you agree, ${dealt}`;
  if (said === 'true-positive') return `- ${dealt}`;
  return `- ${nothing}, ${dealt}`;
}

/** One line for each; the reason of a rule, and what an action means, are said once, where they come first. */
function recommended(view: IncidentView, open: Recommendation[], advised: boolean): string[] {
  const said = new Set<string>();
  const lines = open.slice(0, listed).flatMap((r) => {
    const why = said.has(r.because) ? '' : `: ${clause(r.because)}`;
    said.add(r.because);
    const advice = advised ? adviceOn(r, view.report) : undefined;
    const below = advice ? adviceLine(advice, said) : '';
    const line = `- ${recommendationLine(r, view, why)}`;
    return below === '' ? [line] : [line, below];
  });
  const more = open.length - listed;
  return more > 0
    ? [
        ...lines,
        `- and ${more} more: R${open
          .slice(listed)
          .map((r) => r.id.slice(1))
          .join(', R')}`,
      ]
    : lines;
}

/** `/approve R1` block 203.0.113[.]7 on edge for 24 h [E2]: because */
function recommendationLine(r: Recommendation, view: IncidentView, why: string): string {
  const { mode, timeZone, language } = view.policy;
  const waits = view.waiting?.[r.id];
  const parts = [
    `\`/approve ${r.id}\``,
    mode === 'observe' || mode === 'recommend' ? '(dry run only)' : '',
    `${r.action} ${indicator(r.target)} on ${r.resources.join(', ')} for ${length(r.duration * 1000, language)}`,
    r.evidence.map((id) => `[${id}]`).join(''),
    r.requestedBy === 'yagura' ? '' : `(asked by ${person(r.requestedBy)})`,
    r.approvals.length > 0 ? `(approved by ${r.approvals.map(person).join(', ')}, one more needed)` : '',
    waits ? `(${orList(waits.approvers, language)} can, until ${inZone(waits.until, timeZone)})` : '',
  ];
  return `${parts.filter((part) => part !== '').join(' ')}${why}`;
}

/** One line of a task, as the folded list and the receipt show it. */
export function taskLine(task: IncidentView['tasks'][number], { timeZone }: Locale): string {
  const until = task.expiresAt && task.status === 'active' ? `, until ${inZone(task.expiresAt, timeZone)}` : '';
  const by = task.approvedBy.length > 0 ? `, approved by ${task.approvedBy.map(person).join(', ')}` : '';
  const undo = task.status === 'active' || task.status === 'unverified' ? `, undo with \`/undo ${task.id}\`` : '';
  const status = task.status === 'active' ? 'verified' : task.status;
  return `${task.id} ${task.action} ${indicator(task.target)} on ${task.resource}: **${status}**${until}, asked by ${person(
    task.requestedBy,
  )}${by}${undo}${task.detail ? `. ${prose(task.detail)}` : ''}`;
}
