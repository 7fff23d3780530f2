import type { IncidentView } from '../domain/incident-view.ts';
import type { Locale } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { doNextWords } from '../messages/do-next.ts';
import { listsWords } from '../messages/lists.ts';
import { statusWords } from '../messages/statuses.ts';
import { adviceLine, adviceOn } from './advice.ts';
import { orList } from './approval-comment.ts';
import { toConfirmLines } from './emergency-comment.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';
import { shownInLine } from './shown-in.ts';
import { clause, person, prose } from './text.ts';
import { inZone, length } from './times.ts';
import { hasPlaces } from './vulnerable-places.ts';

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
  const words = doNextWords(view.policy.language);
  const title = open.length > 0 ? words.titleFor(whoApproves(view)) : words.title;
  const lines = [title, ...toConfirmLines(view), ...recommended(view, open, advised)];
  if (!incident.owner) lines.push(words.take);
  lines.push(closeLine(view));
  const [first] = open;
  const short = [
    open.length > 1 ? words.all : '',
    first ? words.notRight(first.id) : '',
    incident.snoozedUntil && incident.snoozedUntil > view.now ? '' : words.later,
    words.more,
  ];
  lines.push('', short.filter((s) => s !== '').join(' · '));
  return lines.join('\n');
}

/** Who could type the first lines, by policy; without anybody there, what right it takes. */
function whoApproves({ responders = [], policy: { language } }: IncidentView): string {
  return responders.length > 0 ? orList(responders, language) : doNextWords(language).aResponder;
}

function closedNext(view: IncidentView): string {
  const words = doNextWords(view.policy.language);
  const { verdict, settled } = view.incident;
  if (settled && verdict === 'not-assessed') return [words.title, words.nothing, words.reopen].join('\n');
  const ask = verdict === 'not-assessed' ? [words.whatWasIt] : [];
  return [words.title, ...ask, words.reopen].join('\n');
}

/** The ways to end it, the likely one first. */
function closeLine(view: IncidentView): string {
  const { incident, report } = view;
  const proposed = needsHuman(report, incident) ? undefined : report?.verdict;
  const said = incident.verdictBy ? incident.verdict : proposed;
  const { language } = view.policy;
  const words = doNextWords(language);
  // What is real is mended, and closes by itself then.
  if (hasPlaces(view)) return `- ${words.whenNotOurs}`;
  if (said === 'true-positive') return `- ${words.whenDealt}`;
  const calm = said === 'benign' || said === 'test' || said === 'disregard';
  return `- ${[calm ? words.whenAgreed(said) : words.whenNothing, words.whenDealt].join(listsWords(language).and)}`;
}

/** One line for each; the reason of a rule, and what an action means, are said once, where they come first. */
function recommended(view: IncidentView, open: Recommendation[], advised: boolean): string[] {
  const said = new Set<string>();
  const lines = open.slice(0, listed).flatMap((r) => {
    const why = said.has(r.because) ? '' : `: ${clause(r.because)}`;
    said.add(r.because);
    const advice = advised ? adviceOn(r, view.report) : undefined;
    const below = advice ? adviceLine(advice, said, view.policy.language) : '';
    const shown = isDryRun(view.policy) ? '' : shownInLine(r, view.shownIn, view.policy.language);
    return [`- ${recommendationLine(r, view, why)}`, shown, below].filter((line) => line !== '');
  });
  const more = open.slice(listed).map((r) => r.id);
  if (more.length === 0) return lines;
  return [...lines, doNextWords(view.policy.language).moreOf(more.length, more.join(', '))];
}

function isDryRun({ mode }: IncidentView['policy']): boolean {
  return mode === 'observe' || mode === 'recommend';
}

/** `/approve R1` block 203.0.113[.]7 on edge for 24 h [E2]: because */
function recommendationLine(r: Recommendation, view: IncidentView, why: string): string {
  const { timeZone, language } = view.policy;
  const words = doNextWords(language);
  const list = listsWords(language).and;
  const waits = view.waiting?.[r.id];
  const parts = [
    `\`/approve ${r.id}\``,
    isDryRun(view.policy) ? words.dryRun : '',
    words.what(r.action, indicator(r.target), r.resources.join(list), length(r.duration * 1000, language)),
    r.evidence.map((id) => `[${id}]`).join(''),
    r.requestedBy === 'yagura' ? '' : words.asked(person(r.requestedBy)),
    r.approvals.length > 0 ? words.approved(r.approvals.map(person).join(list)) : '',
    waits ? words.whoCan(orList(waits.approvers, language), inZone(waits.until, timeZone)) : '',
  ];
  return `${parts.filter((part) => part !== '').join(' ')}${why}`;
}

/** One line of a task, as the folded list and the receipt show it. */
export function taskLine(task: IncidentView['tasks'][number], { language, timeZone }: Locale): string {
  const words = doNextWords(language);
  const list = listsWords(language).and;
  const holds = task.status === 'active';
  const what = words.task(task.id, task.action, indicator(task.target), task.resource);
  const parts = [
    `${what}: **${holds ? words.taskVerified : statusWords(language)[task.status]}**`,
    task.expiresAt && holds ? words.taskUntil(inZone(task.expiresAt, timeZone)) : '',
    words.taskAskedBy(person(task.requestedBy)),
    task.approvedBy.length > 0 ? words.taskApprovedBy(task.approvedBy.map(person).join(list)) : '',
    holds || task.status === 'unverified' ? words.taskUndo(task.id) : '',
  ];
  const line = parts.filter((part) => part !== '').join(list);
  return task.detail ? words.taskSaw(line, prose(task.detail)) : line;
}
