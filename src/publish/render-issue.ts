import type { IncidentView } from '../domain/incident-view.ts';
import { issueWords } from '../messages/issue.ts';
import { assessment } from './assessment.ts';
import { claimLine } from './claim-line.ts';
import { comesFrom } from './comes-from.ts';
import { credit } from './credit.ts';
import { details, footer } from './details.ts';
import { doNext, listedByDoNext } from './do-next.ts';
import { fitting, type Part } from './fitting.ts';
import { firstLine, issueTitle, placeOf, topAlert, whatHappened, whoLine } from './headline.ts';
import { hypotheses, shownClaimsOf } from './hypotheses.ts';
import { indicator } from './indicator.ts';
import { type Label, labelsOf } from './labels.ts';
import { maliciousPlaces } from './malicious-places.ts';
import { marker } from './marker.ts';
import { modelRun } from './model-run.ts';
import { notesSection } from './notes.ts';
import { sentence } from './sentence.ts';
import { affected, techniques } from './techniques.ts';
import { code, plainStart, prose } from './text.ts';
import { hasPlaces, vulnerablePlaces } from './vulnerable-places.ts';
import { fallbackLine, plantedLines } from './warnings.ts';

/** Characters of a body; GitHub ends at 65,536, and an edit of Notes needs room. */
export const bodyBudget = 60_000;

export interface RenderedIssue {
  title: string;
  body: string;
  labels: Label[];
  /** Sections that did not fit, so that the full text must go to the data branch. */
  cut: boolean;
  /** Ids of the open recommendations whose content this body shows. */
  listed: string[];
}

/** GitHub's own end of a body, with room for what it counts differently. */
const bodyLimit = 65_000;

/**
 * The issue of an incident: what to know and to type first, bulk folded below, cut before it is sent. What people
 * wrote into Notes is never cut: everything else gives way to it. An infinite budget gives the full text.
 */
export function renderIssue(view: IncidentView, budget: number = bodyBudget): RenderedIssue {
  const bottom = [
    notesSection(view.notes, view.policy.language),
    footer(view),
    marker('issue', view.incident.id),
  ].filter((p) => p !== '');
  const sections = details(view, budget === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : undefined);
  const next: Part = { text: doNext(view), shorter: doNext(view, false), rank: 0, limit: Math.max(budget, bodyLimit) };
  const first = opening(view);
  const { texts, cut: left } = fitting(
    [...above(view, next), ...sections.folded.map((text) => ({ text, rank: 2, limit: budget })), run(view, next.limit)],
    joined([...first, ...bottom, pointer(view)]),
  );
  const cut = left || sections.cut || view.alertTotal > view.alerts.length;
  const end = cut && budget !== Number.POSITIVE_INFINITY ? [pointer(view), ...bottom] : bottom;
  const text = [...first, ...texts, ...end].join('\n\n');
  const shown = texts.some((one) => one === next.text || one === next.shorter);
  const listed = shown ? listedByDoNext(view).map((r) => r.id) : [];
  return { title: view.titleByPeople ?? issueTitle(view), body: text, labels: labelsOf(view), cut, listed };
}

/** What always stands: the first lines and what every reader must know before the rest. */
function opening(view: IncidentView): string[] {
  const { language } = view.policy;
  const warned = [...plantedLines(language, view.report?.planted), fallbackLine(view.report, language)].filter(
    (line) => line !== '',
  );
  return [
    `${firstLine(view)}\n${whoLine(view)}`,
    view.banner ? `> ⚠️ ${prose(view.banner)}` : '',
    warned.join('\n>\n'),
  ].filter((part) => part !== '');
}

/** By which model and prompts it was written: below all, but with its room before what could be read elsewhere. */
function run(view: IncidentView, limit: number): Part {
  const { model, assessment } = view.report ?? {};
  const { language } = view.policy;
  const text = modelRun(model, assessment?.dropped ?? [], language);
  return { text, shorter: modelRun(model, [], language), rank: 0.5, limit };
}

/** What is in the open, in the order of reading; what to type has its room first, what a model adds has it last. */
function above(view: IncidentView, next: Part): Part[] {
  const { limit } = next;
  const own = (text: string): Part => ({ text, rank: 1, limit });
  const models = (text: string): Part => ({ text, rank: 1.5, limit });
  return [
    own(whatHappened(view)),
    own(vulnerablePlaces(view)),
    own(maliciousPlaces(view)),
    own(assessment(view)),
    next,
    models(hypotheses(view)),
    models(affected(view)),
    models(techniques(view)),
    own(productSays(view)),
    own(comesFrom(view)),
    own(checked(view)),
    own(questions(view)),
  ];
}

function pointer(view: IncidentView): string {
  return issueWords(view.policy.language).pointer(`\`incidents/${view.incident.id}.md\``);
}

/** Characters of parts with an empty line between each. */
function joined(parts: string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

function productSays(view: IncidentView): string {
  const top = topAlert(view);
  if (!top || hasPlaces(view) || (top.quoted.length === 0 && !top.attribution)) return '';
  const { language } = view.policy;
  const words = issueWords(language);
  const lines = top.quoted
    .slice(0, 4)
    .map((q) => `- ${code(q.name, 40)}: ${code(q.values?.[language] ?? q.value, 300)}`);
  if (top.attribution) lines.push(words.rule(credit(top.attribution, language), code(top.attribution.file, 160)));
  return [top.attribution ? words.ruleSaw : words.productSays, ...lines].join('\n');
}

function checked(view: IncidentView): string {
  const { report } = view;
  if (!report) return '';
  const words = issueWords(view.policy.language);
  const because = report.assessment?.because;
  const said = new Set([...shownClaimsOf(view), ...(because ? [because] : [])].map(claimLine));
  const lines = report.claims
    .map(claimLine)
    .filter((line) => !said.has(line))
    .slice(0, 12);
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look');
  for (const e of blind.slice(-5)) lines.push(words.couldNotLook(`${sentence(e.summary)} [${e.id}]`));
  return lines.length === 0 ? '' : [words.checked, ...lines].join('\n');
}

function questions(view: IncidentView): string {
  const asked = view.report?.questions ?? [];
  if (asked.length === 0 || view.incident.status !== 'open') return '';
  const place = placeOf(view);
  const lines = asked.slice(0, 5).map((q) => `- ${plainStart(prose(q.ask))}${q.who ? ` (${prose(q.who)})` : ''}`);
  const words = issueWords(view.policy.language);
  return [place ? words.questionsAbout(indicator(place)) : words.questions, ...lines].join('\n');
}
