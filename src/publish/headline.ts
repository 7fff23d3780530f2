import type { EntityType } from '../domain/entity.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { severityId } from '../domain/severity.ts';
import { verdictText } from '../domain/verdict.ts';
import { code, person, prose, titleText } from './text.ts';
import { both } from './times.ts';

/** Which entity a reader knows a place by, best first. */
const places: EntityType[] = ['host', 'cloud_resource', 'container', 'user', 'email', 'domain', 'ip'];

/** The alert that names the incident: the most severe, of those the earliest, of those the first by title. */
export function topAlert(view: Pick<IncidentView, 'alerts'>): AlertView | undefined {
  return [...view.alerts].sort(
    (a, b) =>
      severityId(b.effectiveSeverity) - severityId(a.effectiveSeverity) ||
      a.time.getTime() - b.time.getTime() ||
      (a.title < b.title ? -1 : 1),
  )[0];
}

/** Where it happened, in one entity; undefined when no alert names a place. */
export function placeOf(view: Pick<IncidentView, 'entities'>): { type: EntityType; value: string } | undefined {
  for (const type of places) {
    const found = view.entities.filter((e) => e.type === type && e.from === 'field');
    const [most] = found.sort((a, b) => b.alerts - a.alerts || (a.value < b.value ? -1 : 1));
    if (most) return most;
  }
  return undefined;
}

/** `[Falco: critical] title on web-01`; the vendor's name stands there while the severity is only the vendor's word. */
export function issueTitle(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  const place = placeOf(view);
  const vendorsWord = !incident.severityBy && top?.severity === incident.severity;
  const tag = vendorsWord && top ? `${top.product}: ${incident.severity}` : incident.severity;
  const named = incident.kind === 'vulnerability' || incident.kind === 'leaked-secret';
  const title = titleText(top?.title ?? incident.title).replace(/[.:;, ]+$/, '');
  const where = place && !named && !title.includes(place.value) ? ` on ${titleText(place.value, 60)}` : '';
  return titleText(`[${tag}] ${title}${where}`, 200);
}

const urgency: Record<string, { sign: string; sentence: string }> = {
  critical: { sign: '🔴', sentence: 'Look now.' },
  high: { sign: '🔴', sentence: 'Look now.' },
  medium: { sign: '🟡', sentence: 'Look today.' },
  low: { sign: '⚪', sentence: 'Can wait for working hours.' },
  informational: { sign: '⚪', sentence: 'Can wait for working hours.' },
  unknown: { sign: '⚪', sentence: 'Can wait for working hours.' },
};

/** The first line: it is the notification, so it stands alone. */
export function firstLine(view: IncidentView): string {
  const { incident, report } = view;
  const told = urgency[incident.severity] ?? { sign: '⚪', sentence: '' };
  if (incident.status === 'merged')
    return `⚪ **Part of #${view.mergedIntoIssue ?? '?'} now:** an alert connects the two.`;
  if (incident.status === 'closed')
    return `⚪ **Closed: ${verdictText(incident.verdict)}.**${incident.verdictBy ? ` By ${person(incident.verdictBy)}.` : ''}`;
  const holding = containment(view);
  if (incident.verdictBy)
    return `${told.sign} **${capital(verdictText(incident.verdict))}, says ${person(incident.verdictBy)}.** ${holding}`.trim();
  if (report && report.verdict !== 'not-assessed')
    return `${told.sign} **Likely ${verdictText(report.verdict)}.** ${report.because ? `${prose(report.because)}. ` : ''}${holding}`.trim();
  const who = investigatorState(view);
  return `${told.sign} **${told.sentence} Not assessed:** ${who} ${severityOrigin(view)} ${holding}`.trim();
}

function investigatorState(view: IncidentView): string {
  if (!view.report) return 'checks are running.';
  return view.report.investigator === 'deterministic' ? 'checked without a model.' : 'the model could not decide.';
}

function severityOrigin(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  if (incident.severityBy) return `Severity ${incident.severity}, set by ${person(incident.severityBy)}.`;
  if (top?.floorBecause) return `Severity ${incident.severity} by policy.`;
  return `Severity ${incident.severity}${top ? `, says ${titleText(top.product, 40)}` : ''}.`;
}

/** What already holds, in half a sentence. */
function containment(view: IncidentView): string {
  const active = view.tasks.filter((t) => t.status === 'active').length;
  const failed = view.tasks.filter((t) => t.status === 'failed').length;
  const parts = [
    active > 0 ? `${active} response task${active > 1 ? 's' : ''} active.` : '',
    failed > 0 ? `**${failed} failed.**` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Who, since when, what could not be looked at. */
export function whoLine(view: IncidentView): string {
  const { incident } = view;
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look');
  const parts = [
    incident.owner ? `**Who:** ${person(incident.owner)}` : '**Who:** nobody yet, `/take`',
    `**Since:** ${both(incident.firstSeen, view.policy.timeZone)}`,
  ];
  if (incident.snoozedUntil && incident.snoozedUntil > view.now)
    parts.push(`**Snoozed until:** ${both(incident.snoozedUntil, view.policy.timeZone)}`);
  if (blind.length > 0)
    parts.push(`**Could not look:** ${blind.length} check${blind.length > 1 ? 's' : ''}, see below`);
  if (incident.relatedIssue !== undefined) parts.push(`**Earlier:** #${incident.relatedIssue}`);
  return parts.join(' · ');
}

/** One or two sentences of what happened, from typed fields only. */
export function whatHappened(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  if (!top) return '';
  const place = placeOf(view);
  const where = place ? ` on ${code(place.value, 80)}` : '';
  if (view.alertTotal === 1 && top.count === 1)
    return `${titleText(top.product, 40)} reports ${code(top.title)}${where}.`;
  const seconds = Math.round((incident.lastSeen.getTime() - incident.firstSeen.getTime()) / 1000);
  const products = [...new Set(view.alerts.map((a) => a.product))].map((p) => titleText(p, 40)).join(', ');
  const within =
    seconds < 120
      ? `${seconds} s`
      : seconds < 7200
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`;
  return `${incident.alertCount} records in ${within} from ${products}${where}; the most severe: ${code(top.title)}.`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
