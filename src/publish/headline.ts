import { needsSomebodyNow } from '../domain/alert.ts';
import { titleIn } from '../domain/alert-title.ts';
import { defang } from '../domain/defang.ts';
import type { Entity, EntityType } from '../domain/entity.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Report } from '../domain/report.ts';
import { severityId } from '../domain/severity.ts';
import { headlineWords } from '../messages/headline.ts';
import { listsWords } from '../messages/lists.ts';
import { urgencyWords } from '../messages/urgency.ts';
import { verdictWords } from '../messages/verdicts.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';
import { paragraph } from './paragraph.ts';
import { sourceWhy } from './source-why.ts';
import { clause, code, name, person, titleText } from './text.ts';
import { both, length } from './times.ts';
import { capital, isModels, modelSays, objection, whyUndecided } from './verdict-line.ts';
import { hasPlaces } from './vulnerable-places.ts';

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

/** What counts as medium since its product rated it not at all. */
function isUnrated(incident: Pick<Incident, 'severityBy'>, top: AlertView | undefined): boolean {
  return !incident.severityBy && top?.severity === 'unknown' && !top.floorBecause;
}

/** `[Falco: critical] title on web-01`; the vendor's name stands there while the severity is only the vendor's word. */
export function issueTitle(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  const place = placeOf(view);
  const { language } = view.policy;
  const words = headlineWords(language);
  const unrated = isUnrated(incident, top);
  const vendorsWord = unrated || (!incident.severityBy && top?.severity === incident.severity);
  const vendor = vendorsWord && top ? name(top.product) : '`';
  const severity = unrated ? words.notRated : incident.severity;
  const tag = vendor.startsWith('`') ? severity : `${vendor}: ${severity}`;
  const named = incident.kind === 'vulnerability' || incident.kind === 'leaked-secret';
  const title = titleText(titleIn(top ?? incident, language)).replace(/[.:;, 。、]+$/, '') || words.noTitle;
  const where = place && !named && !title.includes(place.value) ? titleText(defang(place), 60) : undefined;
  return titleText(`[${tag}] ${where === undefined ? title : words.titleAt(title, where)}`, 200);
}

interface Urgency {
  sign: string;
  /** Which of `urgencyWords` says it. */
  soon: 'now' | 'today' | 'thisWeek' | 'later';
}

/**
 * How soon somebody should look: an attack or a live secret now, what is only weak in its turn. What a report says never
 * makes it later; what a person must judge does not wait.
 */
export function urgency(incident: Pick<Incident, 'kind' | 'severity' | 'pressing'>, report?: Report): Urgency {
  const own = bySeverity(incident);
  return own.sign === '⚪' && needsHuman(report, incident) ? { sign: '🟡', soon: 'today' } : own;
}

function bySeverity(incident: Pick<Incident, 'kind' | 'severity' | 'pressing'>): Urgency {
  const { severity } = incident;
  const urgent = needsSomebodyNow(incident);
  if (severity === 'critical' || (severity === 'high' && urgent)) return { sign: '🔴', soon: urgent ? 'now' : 'today' };
  if (severity === 'high') return { sign: '🟡', soon: 'thisWeek' };
  if (severity === 'medium' && urgent) return { sign: '🟡', soon: 'today' };
  return { sign: '⚪', soon: 'later' };
}

/** The first line: it is the notification, so it stands alone: how urgent, what and where, what is known of it. */
export function firstLine(view: IncidentView): string {
  const { incident, report } = view;
  if (incident.status === 'merged') return mergedLine(view);
  if (incident.status === 'closed') return closedLine(view);
  const { language } = view.policy;
  const { sign } = urgency(incident, report);
  const what = listsWords(language).sentence(whatAndWhere(view));
  const parts = incident.verdictBy
    ? [
        `${sign} ${headlineWords(language).saidBy(capital(verdictWords(language)[incident.verdict]), person(incident.verdictBy))}`,
        what,
      ]
    : report && isModels(report)
      ? byModel(view, report, what)
      : report && report.verdict !== 'not-assessed'
        ? byPolicy(view, report, what)
        : unjudged(view, what);
  return paragraph([...parts, severityOrigin(view), containment(view)], language);
}

/** A model's word never makes it look less urgent. */
function byModel(view: IncidentView, report: Report, what: string): string[] {
  const { language } = view.policy;
  const words = headlineWords(language);
  const { sign, soon } = urgency(view.incident, report);
  const inWords = urgencyWords(language)[soon];
  const said = modelSays(report, view.incident, language);
  if (said === undefined)
    return [`${sign} ${words.soon(inWords)}`, what, words.notDecided(whyUndecided(report, language))];
  return [`${sign} ${words.soonAnd(inWords, said)}`, what];
}

function byPolicy({ incident, policy }: IncidentView, report: Report, what: string): string[] {
  const { language } = policy;
  const words = headlineWords(language);
  const sign = needsHuman(report, incident) ? urgency(incident, report).sign : '⚪';
  const because = report.because === undefined ? words.byPolicy : clause(report.because);
  const said = words.likely(verdictWords(language)[report.verdict], because);
  return [`${sign} ${said}`, objection(report, language), what];
}

function unjudged(view: IncidentView, what: string): string[] {
  const { language } = view.policy;
  const words = headlineWords(language);
  const { sign, soon } = urgency(view.incident, view.report);
  const state = view.report?.fallback === undefined ? investigatorState(view) : words.notAssessed;
  return [`${sign} ${words.soon(urgencyWords(language)[soon])}`, what, state];
}

function mergedLine(view: IncidentView): string {
  const { mergedIntoIssue, policy } = view;
  return headlineWords(policy.language).partOf(mergedIntoIssue === undefined ? undefined : `#${mergedIntoIssue}`);
}

function closedLine(view: IncidentView): string {
  const { verdict, verdictBy, verdictWhy, settled } = view.incident;
  if (settled && verdict === 'not-assessed') return settledLine(view, settled);
  const { language } = view.policy;
  const said = headlineWords(language).closed(
    verdict === 'not-assessed' ? undefined : verdictWords(language)[verdict],
    verdictBy ? person(verdictBy) : undefined,
    verdictWhy ? code(verdictWhy, 160) : undefined,
  );
  return over(view, said);
}

function settledLine(view: IncidentView, { how, product, why }: NonNullable<Incident['settled']>): string {
  const words = headlineWords(view.policy.language);
  return over(
    view,
    words.settled(
      how,
      product === undefined ? words.itsSource : name(product),
      why === undefined ? undefined : sourceWhy(why, view.policy.language, 160),
    ),
  );
}

/** How it ended, then what it was. */
function over(view: IncidentView, said: string): string {
  const { language } = view.policy;
  return paragraph([said, headlineWords(language).itWas(whatAndWhere(view)), containment(view)], language);
}

/** `title` on `web-01` */
function whatAndWhere(view: IncidentView): string {
  const top = topAlert(view);
  const { language } = view.policy;
  const words = headlineWords(language);
  if (!top) return words.gone;
  const title = titleIn(top, language);
  const [place, ...others] = placesOf(view);
  if (!place || (title.includes(place.value) && others.length === 0)) return code(title, 120);
  return words.at(code(title, 120), code(defang(place), 60), others.length);
}

function investigatorState(view: IncidentView): string {
  const words = headlineWords(view.policy.language);
  if (!view.report) return words.checksRun;
  if (view.modelLooks && view.incident.status === 'open') return words.modelYet;
  return view.report.investigator === 'deterministic' ? words.withoutModel : words.modelCouldNot;
}

function severityOrigin(view: IncidentView): string {
  const { incident } = view;
  const top = topAlert(view);
  const words = headlineWords(view.policy.language);
  if (incident.severityBy) return words.severitySetBy(incident.severity, person(incident.severityBy));
  if (top?.floorBecause) return words.severityByPolicy(incident.severity);
  if (!top) return words.severity(incident.severity);
  return words[isUnrated(incident, top) ? 'severityNotRated' : 'severitySaid'](incident.severity, name(top.product));
}

/** What already holds, in half a sentence. */
function containment(view: IncidentView): string {
  const words = headlineWords(view.policy.language);
  const active = view.tasks.filter((t) => t.status === 'active').length;
  const unsure = view.tasks.filter((t) => t.status === 'unverified').length;
  const failed = view.tasks.filter((t) => t.status === 'failed').length;
  const parts = [
    active > 0 ? words.active(active) : '',
    unsure > 0 ? words.unsure(unsure) : '',
    failed > 0 ? words.failed(failed) : '',
  ];
  return paragraph(parts, view.policy.language);
}

/** Who, since when, what could not be looked at. */
export function whoLine(view: IncidentView): string {
  const { incident } = view;
  const blind = view.evidence.filter((e) => e.outcome === 'could-not-look').length;
  const { language, timeZone: zone } = view.policy;
  const words = headlineWords(language);
  const parts: string[] = [];
  if (incident.owner) parts.push(words.owner(person(incident.owner)));
  else if (incident.status === 'open')
    parts.push(words.nobodyYet(incident.asked === undefined ? undefined : person(incident.asked)));
  parts.push(words.since(both(incident.firstSeen, zone)));
  if (incident.status === 'open' && incident.snoozedUntil && incident.snoozedUntil > view.now)
    parts.push(words.snoozed(both(incident.snoozedUntil, zone)));
  if (blind > 0) parts.push(words.blind(blind));
  if (incident.relatedIssue !== undefined) parts.push(words.earlier(`#${incident.relatedIssue}`));
  return parts.join(' · ');
}

/** How much came in, from whom and about what, when it is more than the one alert of the first line. */
export function whatHappened(view: IncidentView): string {
  const { incident, alertTotal } = view;
  if (view.alerts.length === 0 || incident.alertCount <= 1) return '';
  const { language } = view.policy;
  const words = headlineWords(language);
  const span = length(incident.lastSeen.getTime() - incident.firstSeen.getTime(), language);
  const from = listed([...new Set(view.alerts.map((a) => a.product))].map(name), 4, language);
  const records = incident.alertCount > alertTotal ? incident.alertCount : undefined;
  const where = hasPlaces(view) ? [] : placesOf(view);
  const places = where.length > 1 ? `\n${words.where(listed(where.map(indicator), 8, language))}` : '';
  return `${words.cameIn(alertTotal, records, span, from)}${places}`;
}

function listed(names: string[], limit: number, language: Language): string {
  const words = listsWords(language);
  const shown = names.slice(0, limit).join(words.and);
  return names.length > limit ? words.andMore(shown, names.length - limit) : shown;
}
