import type { IncidentView } from '../domain/incident-view.ts';
import type { Claim } from '../domain/report.ts';
import { details, footer } from './details.ts';
import { doNext, listedByDoNext } from './do-next.ts';
import { firstLine, issueTitle, placeOf, topAlert, whatHappened, whoLine } from './headline.ts';
import { indicator } from './indicator.ts';
import { type Label, labelsOf } from './labels.ts';
import { marker } from './marker.ts';
import { notesSection } from './notes.ts';
import { sentence } from './sentence.ts';
import { code, prose } from './text.ts';

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
  const bottom = [notesSection(view.notes), footer(view), marker('issue', view.incident.id)];
  const first = [`${firstLine(view)}\n${whoLine(view)}`, view.banner ? `> ⚠️ ${prose(view.banner)}` : ''];
  const next = doNext(view);
  const above = [whatHappened(view), next, productSays(view), checked(view), questions(view)];
  const body = first.filter((part) => part !== '');
  let size = joined([...body, ...bottom, pointer(view)]);
  let cut = view.alertTotal > view.alerts.length;
  const add = (part: string, limit: number): void => {
    if (part === '') return;
    if (size + part.length + 2 > limit) {
      cut = true;
      return;
    }
    body.push(part);
    size += part.length + 2;
  };
  for (const part of above) add(part, Math.max(budget, bodyLimit));
  const sections = details(view, budget === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : undefined);
  for (const section of sections.folded) add(section, budget);
  cut ||= sections.cut;
  if (cut && budget !== Number.POSITIVE_INFINITY) body.push(pointer(view));
  const text = [...body, ...bottom].join('\n\n');
  const listed = body.includes(next) ? listedByDoNext(view).map((r) => r.id) : [];
  return { title: view.titleByPeople ?? issueTitle(view), body: text, labels: labelsOf(view), cut, listed };
}

function pointer(view: IncidentView): string {
  return `Not everything fits here: the full text is in \`incidents/${view.incident.id}.md\` on the branch \`yagura/data\`.`;
}

/** Characters of parts with an empty line between each. */
function joined(parts: string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 0);
}

function productSays(view: IncidentView): string {
  const top = topAlert(view);
  if (!top || top.quoted.length === 0) return '';
  const lines = top.quoted.slice(0, 4).map((q) => `- ${code(q.name, 40)}: ${code(q.value, 300)}`);
  return ['**What the product says**', ...lines].join('\n');
}

function checked(view: IncidentView): string {
  const { report } = view;
  if (!report) return '';
  const lines = report.claims.slice(0, 12).map(claimLine);
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look');
  for (const e of blind.slice(-5)) lines.push(`- Could not look: ${sentence(e.summary)} [${e.id}]`);
  return lines.length === 0 ? '' : ['**What we checked**', ...lines].join('\n');
}

/** A sentence of a report with the evidence it stands on. */
export function claimLine(claim: Claim): string {
  return `- ${sentence(claim.text)} ${claim.evidence.map((id) => `[${id}]`).join('')}`.trimEnd();
}

function questions(view: IncidentView): string {
  const asked = view.report?.questions ?? [];
  if (asked.length === 0 || view.incident.status !== 'open') return '';
  const place = placeOf(view);
  const lines = asked.slice(0, 5).map((q) => `- ${prose(q.ask)}${q.who ? ` (${prose(q.who)})` : ''}`);
  const about = place ? ` about ${indicator(place)}` : '';
  return [`**Questions that decide it**${about}`, ...lines].join('\n');
}
