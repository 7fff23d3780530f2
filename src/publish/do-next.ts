import type { IncidentView } from '../domain/incident-view.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { indicator } from './indicator.ts';
import { person, prose } from './text.ts';
import { inZone, length } from './times.ts';

/** What to type now. Nothing is offered that would be refused whoever types it. */
export function doNext(view: IncidentView): string {
  const { incident } = view;
  if (incident.status === 'merged') return '';
  if (incident.status === 'closed') return '**Do next**\n- `/reopen` if this is not over';
  const open = view.recommendations.filter((r) => r.status === 'open');
  const lines: string[] = [];
  if (open.length > 0) {
    lines.push('**Do next** (a responder)');
    for (const r of open.slice(0, 10)) lines.push(`- ${recommendationLine(r, view.policy.mode)}`);
    if (open.length > 10) lines.push(`- … ${open.length - 10} more below`);
  } else lines.push('**Do next**');
  if (!incident.owner) lines.push('- `/take` if you have this');
  if (!incident.verdictBy)
    lines.push('- `/close fp <why>` when it is nothing, `/close tp <why>` when it is dealt with');
  const short = [
    open.length > 1 ? 'All: `/approve all`' : '',
    open.length > 0 ? 'Not right: `/reject R1 <why>`' : '',
    'Later: `/snooze 4h`',
  ];
  lines.push('', short.filter((s) => s !== '').join(' · '));
  return lines.join('\n');
}

/** `/approve R1` block 203.0.113[.]7 on edge for 24 h: because [E2] */
function recommendationLine(r: Recommendation, mode: string): string {
  const run = mode === 'observe' || mode === 'recommend' ? '(dry run only) ' : '';
  const cites = r.evidence.map((id) => `[${id}]`).join('');
  const asked = r.requestedBy === 'yagura' ? '' : ` (asked by ${person(r.requestedBy)})`;
  const heard = r.approvals.length > 0 ? ` (approved by ${r.approvals.map(person).join(', ')}, one more needed)` : '';
  return `\`/approve ${r.id}\` ${run}${r.action} ${indicator(r.target)} on ${r.resources.join(', ')} for ${length(
    r.duration * 1000,
  )}: ${prose(r.because)} ${cites}${asked}${heard}`.trim();
}

/** One line of a task, as the folded list and the receipt show it. */
export function taskLine(task: IncidentView['tasks'][number], timeZone: string): string {
  const until = task.expiresAt && task.status === 'active' ? `, until ${inZone(task.expiresAt, timeZone)}` : '';
  const by = task.approvedBy.length > 0 ? `, approved by ${task.approvedBy.map(person).join(', ')}` : '';
  const undo = task.status === 'active' || task.status === 'unverified' ? `, undo with \`/undo ${task.id}\`` : '';
  const status = task.status === 'active' ? 'verified' : task.status;
  return `${task.id} ${task.action} ${indicator(task.target)} on ${task.resource}: **${status}**${until}, asked by ${person(
    task.requestedBy,
  )}${by}${undo}${task.detail ? `. ${prose(task.detail)}` : ''}`;
}
