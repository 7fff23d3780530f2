import type { IncidentView } from '../domain/incident-view.ts';
import { details, footer } from './details.ts';
import { doNext } from './do-next.ts';
import { firstLine, issueTitle, placeOf, topAlert, whatHappened, whoLine } from './headline.ts';
import { indicator } from './indicator.ts';
import { type Label, labelsOf } from './labels.ts';
import { marker } from './marker.ts';
import { sentence } from './sentence.ts';
import { code, cutAt, prose } from './text.ts';

/** Characters of a body; GitHub ends at 65,536, and an edit of Notes needs room. */
export const bodyBudget = 60_000;

/** What people write there is kept through every edit. */
export const notesStart = '**Notes** (yours; kept through every edit)';
export const notesEnd = '<!-- yagura:notes-end -->';

export interface RenderedIssue {
  title: string;
  body: string;
  labels: Label[];
  /** Sections that did not fit, so that the full text must go to the data branch. */
  cut: boolean;
}

/** The issue of an incident: what to know and to type first, bulk folded below, cut before it is sent. */
export function renderIssue(view: IncidentView, budget: number = bodyBudget): RenderedIssue {
  const top = [
    view.banner ? `> ⚠️ ${view.banner}` : '',
    `${firstLine(view)}\n${whoLine(view)}`,
    whatHappened(view),
    doNext(view),
    productSays(view),
    checked(view),
    questions(view),
  ].filter((part) => part !== '');
  const bottom = [`${notesStart}\n\n${view.notes}\n\n${notesEnd}`, footer(view), marker('issue', view.incident.id)];
  const body = [...top];
  let size = joined([...top, ...bottom]);
  let cut = view.alertTotal > view.alerts.length;
  for (const section of details(view)) {
    if (size + section.length + 2 > budget) {
      cut = true;
      continue;
    }
    body.push(section);
    size += section.length + 2;
  }
  if (cut)
    body.push(
      `Not everything fits here: the full text is in \`incidents/${view.incident.id}.md\` on the branch \`yagura/data\`.`,
    );
  const text = [...body, ...bottom].join('\n\n');
  return { title: view.titleByPeople ?? issueTitle(view), body: cutAt(text, 65_000), labels: labelsOf(view), cut };
}

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
  const lines = report.claims
    .slice(0, 12)
    .map((c) => `- ${sentence(c.text)} ${c.evidence.map((id) => `[${id}]`).join('')}`);
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look');
  for (const e of blind.slice(-5)) lines.push(`- Could not look: ${sentence(e.summary)} [${e.id}]`);
  return lines.length === 0 ? '' : ['**What we checked**', ...lines].join('\n');
}

function questions(view: IncidentView): string {
  const asked = view.report?.questions ?? [];
  if (asked.length === 0 || view.incident.status !== 'open') return '';
  const place = placeOf(view);
  const lines = asked.slice(0, 5).map((q) => `- ${prose(q.ask)}${q.who ? ` (${prose(q.who)})` : ''}`);
  const about = place ? ` about ${indicator(place)}` : '';
  return [`**Questions that decide it**${about}`, ...lines].join('\n');
}
