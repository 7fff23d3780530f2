import { needsSomebodyNow } from '../domain/alert.ts';
import { defang } from '../domain/defang.ts';
import type { Entity, EntityType } from '../domain/entity.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import type { Report } from '../domain/report.ts';
import { severityId } from '../domain/severity.ts';
import { verdictText } from '../domain/verdict.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';
import { clause, code, name, person, titleText } from './text.ts';
import { both, length } from './times.ts';
import { capital, isModels, modelSays, objection, whyUndecided } from './verdict-line.ts';

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
export function placeOf(view: Pick<IncidentView, 'entities'>): Entity | undefined {
  return placesOf(view)[0];
}

/** All entities of the type a reader knows the place by, those in most alerts first. */
function placesOf(view: Pick<IncidentView, 'entities'>): Entity[] {
  for (const type of places) {
    const found = view.entities.filter((e) => e.type === type && e.from === 'field');
    if (found.length > 0) return found.sort((a, b) => b.alerts - a.alerts || (a.value < b.value ? -1 : 1));
  }
  return [];
}

/** `[Falco: critical] title on web-01`; the vendor's name stands there while the severity is only the vendor's word. */
export function issueTitle(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  const place = placeOf(view);
  const vendorsWord = !incident.severityBy && top?.severity === incident.severity;
  const vendor = vendorsWord && top ? name(top.product) : '`';
  const tag = vendor.startsWith('`') ? incident.severity : `${vendor}: ${incident.severity}`;
  const named = incident.kind === 'vulnerability' || incident.kind === 'leaked-secret';
  const title = titleText(top?.title ?? incident.title).replace(/[.:;, ]+$/, '') || 'Alert without a title';
  const where = place && !named && !title.includes(place.value) ? ` on ${titleText(defang(place), 60)}` : '';
  return titleText(`[${tag}] ${title}${where}`, 200);
}

interface Urgency {
  sign: string;
  sentence: string;
}

/**
 * How soon somebody should look: an attack or a live secret now, what is only weak in its turn. What a report says never
 * makes it later; what a person must judge does not wait.
 */
export function urgency(incident: Pick<Incident, 'kind' | 'severity'>, report?: Report): Urgency {
  const own = bySeverity(incident);
  return own.sign === '⚪' && needsHuman(report, incident) ? { sign: '🟡', sentence: 'Look today.' } : own;
}

function bySeverity({ kind, severity }: Pick<Incident, 'kind' | 'severity'>): Urgency {
  const urgent = needsSomebodyNow(kind);
  if (severity === 'critical' || (severity === 'high' && urgent))
    return { sign: '🔴', sentence: urgent ? 'Look now.' : 'Look today.' };
  if (severity === 'high') return { sign: '🟡', sentence: 'Look this week.' };
  if (severity === 'medium' && urgent) return { sign: '🟡', sentence: 'Look today.' };
  return { sign: '⚪', sentence: 'Can wait for working hours.' };
}

/** The first line: it is the notification, so it stands alone: how urgent, what and where, what is known of it. */
export function firstLine(view: IncidentView): string {
  const { incident, report } = view;
  if (incident.status === 'merged') return mergedLine(view);
  if (incident.status === 'closed') return closedLine(view);
  const { sign } = urgency(incident, report);
  const what = `${whatAndWhere(view)}.`;
  const parts = incident.verdictBy
    ? [`${sign} **${capital(verdictText(incident.verdict))}, says ${person(incident.verdictBy)}.**`, what]
    : report && isModels(report)
      ? byModel(view, report, what)
      : report && report.verdict !== 'not-assessed'
        ? byPolicy(report, incident, what)
        : unjudged(view, what);
  return [...parts, severityOrigin(view), containment(view)].filter((part) => part !== '').join(' ');
}

/** A model's word never makes it look less urgent. */
function byModel(view: IncidentView, report: Report, what: string): string[] {
  const { sign, sentence } = urgency(view.incident, report);
  const said = modelSays(report, view.incident);
  if (said === undefined) return [`${sign} **${sentence}**`, what, `**Not decided:** ${whyUndecided(report)}.`];
  return [`${sign} **${sentence} ${said}.**`, what];
}

function byPolicy(report: Report, incident: Incident, what: string): string[] {
  const sign = needsHuman(report, incident) ? urgency(incident, report).sign : '⚪';
  return [`${sign} **Likely ${verdictText(report.verdict)}:** ${because(report.because)}`, objection(report), what];
}

function unjudged(view: IncidentView, what: string): string[] {
  const { sign, sentence } = urgency(view.incident, view.report);
  const state =
    view.report?.fallback === undefined ? `**Not assessed:** ${investigatorState(view)}` : '**Not assessed.**';
  return [`${sign} **${sentence}**`, what, state];
}

function because(text: string | undefined): string {
  return text === undefined ? 'by policy.' : `${clause(text)}.`;
}

function mergedLine(view: IncidentView): string {
  const where = view.mergedIntoIssue === undefined ? 'another incident' : `#${view.mergedIntoIssue}`;
  return `⚪ **Part of ${where} now:** an alert connects the two. Go on there.`;
}

function closedLine(view: IncidentView): string {
  const { verdict, verdictBy, verdictWhy, settled } = view.incident;
  if (settled && verdict === 'not-assessed') return settledLine(view, settled);
  const said = verdict === 'not-assessed' ? 'without a verdict' : `as ${verdictText(verdict)}`;
  const by = verdictBy ? ` by ${person(verdictBy)}` : '';
  const why = verdictWhy ? `: ${code(verdictWhy, 160)}` : '.';
  return `⚪ **Closed ${said}**${by}${why} It was ${whatAndWhere(view)}. ${containment(view)}`.trim();
}

function settledLine(view: IncidentView, { how, product, why }: NonNullable<Incident['settled']>): string {
  const reason = why === undefined ? '' : `: ${code(why, 160)}`;
  return `⚪ **${capital(how)}, says ${name(product)}**${reason}. It was ${whatAndWhere(view)}. ${containment(view)}`.trim();
}

/** `title` on `web-01` */
function whatAndWhere(view: IncidentView): string {
  const top = topAlert(view);
  if (!top) return 'an alert that is not here any more';
  const [place, ...others] = placesOf(view);
  if (!place || (top.title.includes(place.value) && others.length === 0)) return code(top.title, 120);
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${code(top.title, 120)} on ${code(defang(place), 60)}${more}`;
}

function investigatorState(view: IncidentView): string {
  if (!view.report) return 'checks are running.';
  if (view.modelLooks && view.incident.status === 'open') return 'checked, and the model has yet to report.';
  return view.report.investigator === 'deterministic' ? 'checked without a model.' : 'the model could not decide.';
}

function severityOrigin(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  if (incident.severityBy) return `Severity ${incident.severity}, set by ${person(incident.severityBy)}.`;
  if (top?.floorBecause) return `Severity ${incident.severity} by policy.`;
  return `Severity ${incident.severity}${top ? `, says ${name(top.product)}` : ''}.`;
}

/** What already holds, in half a sentence. */
function containment(view: IncidentView): string {
  const active = view.tasks.filter((t) => t.status === 'active').length;
  const unsure = view.tasks.filter((t) => t.status === 'unverified').length;
  const failed = view.tasks.filter((t) => t.status === 'failed').length;
  const parts = [
    active > 0 ? `${active} response task${active > 1 ? 's' : ''} active.` : '',
    unsure > 0 ? `**${unsure} not verified.**` : '',
    failed > 0 ? `**${failed} failed.**` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** Who, since when, what could not be looked at. */
export function whoLine(view: IncidentView): string {
  const { incident } = view;
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look').length;
  const zone = view.policy.timeZone;
  const parts: string[] = [];
  if (incident.owner) parts.push(`**Who:** ${person(incident.owner)}`);
  else if (incident.status === 'open') {
    const asked = incident.asked === undefined ? '' : ` (${person(incident.asked)} was asked)`;
    parts.push(`**Who:** nobody yet${asked}, \`/take\``);
  }
  parts.push(`**Since:** ${both(incident.firstSeen, zone)}`);
  if (incident.status === 'open' && incident.snoozedUntil && incident.snoozedUntil > view.now)
    parts.push(`**Snoozed until:** ${both(incident.snoozedUntil, zone)}`);
  if (blind > 0) parts.push(`**Could not look:** ${blind} check${blind > 1 ? 's' : ''}, see below`);
  if (incident.relatedIssue !== undefined) parts.push(`**Earlier:** #${incident.relatedIssue}`);
  return parts.join(' · ');
}

/** How much came in, from whom and about what, when it is more than the one alert of the first line. */
export function whatHappened(view: IncidentView): string {
  const { incident, alertTotal } = view;
  if (view.alerts.length === 0 || incident.alertCount <= 1) return '';
  const span = length(incident.lastSeen.getTime() - incident.firstSeen.getTime(), view.policy.language);
  const products = [...new Set(view.alerts.map((a) => a.product))];
  const from = `${products.slice(0, 4).map(name).join(', ')}${products.length > 4 ? ` and ${products.length - 4} more` : ''}`;
  const alerts = `${alertTotal} alert${alertTotal > 1 ? 's' : ''}`;
  const records = incident.alertCount > alertTotal ? ` (${incident.alertCount} records)` : '';
  const where = placesOf(view);
  const listed = where.slice(0, 8).map(indicator).join(', ');
  const more = where.length > 8 ? ` and ${where.length - 8} more` : '';
  const places = where.length > 1 ? `\nWhere: ${listed}${more}.` : '';
  return `${alerts}${records} in ${span} from ${from}.${places}`;
}
