import { titleIn } from '../domain/alert-title.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { TaskStatus } from '../domain/task.ts';
import { detailsWords } from '../messages/details.ts';
import { listsWords } from '../messages/lists.ts';
import { statusWords } from '../messages/statuses.ts';
import { loweredSeverity } from './assessment.ts';
import { attackPath } from './attack-path.ts';
import { credit } from './credit.ts';
import { taskLine } from './do-next.ts';
import { fold } from './fold.ts';
import { placeOf } from './headline.ts';
import { moreOfHypotheses } from './hypotheses.ts';
import { indicator } from './indicator.ts';
import { joinReason } from './join-reason.ts';
import { sentence } from './sentence.ts';
import { shownInLine } from './shown-in.ts';
import { moreTechniques } from './techniques.ts';
import { code, name, person, prose } from './text.ts';
import { both, clockTime, length } from './times.ts';

export interface Details {
  /** In the order they are dropped last to first when a body is too long. Empty ones do not appear. */
  folded: string[];
  /** Whether a list is longer than what is shown of it. */
  cut: boolean;
}

/** Lines of one list in an issue; the full text has no end. */
const lineLimit = 60;

/** Bulk sections, each list ended at `limit` lines with a word about the rest. */
export function details(view: IncidentView, limit: number = lineLimit): Details {
  const words = listsWords(view.policy.language);
  let cut = false;
  const list = (lines: string[], total = lines.length): string => {
    const shown = lines.slice(0, limit);
    if (total <= shown.length) return shown.join('\n');
    cut = true;
    return [...shown, words.lineMore(total - shown.length)].join('\n');
  };
  const sections = [tasks, earlier, path, timeline, weighing, together, entities, alerts, evidence];
  const folded = sections.map((section) => section(view, list)).filter((text) => text !== '');
  return { folded, cut };
}

function wordsOf(view: IncidentView) {
  return detailsWords(view.policy.language);
}

/** Joins lines up to the limit; `total` when there are more than those given. */
type List = (lines: string[], total?: number) => string;

const over: ReadonlySet<TaskStatus> = new Set(['undone', 'expired', 'failed']);

/** Of one that nobody had to approve no proposal said who will read it. */
function tasks(view: IncidentView, list: List): string {
  if (view.tasks.length === 0) return '';
  const lines = view.tasks.toReversed().map((t) => {
    const shown = over.has(t.status)
      ? ''
      : shownInLine({ ...t, resources: [t.resource] }, view.shownIn, view.policy.language);
    return [`- ${taskLine(t, view.policy)}`, shown].filter((line) => line !== '').join('\n');
  });
  return fold(wordsOf(view).tasks(lines.length), list(lines));
}

function earlier(view: IncidentView, list: List): string {
  const gone = view.recommendations.filter((r) => r.status !== 'open').toReversed();
  if (gone.length === 0) return '';
  const words = wordsOf(view);
  const lines = gone.map((r) => {
    const became =
      r.status === 'replaced' && r.replacedBy
        ? words.replacedBy(r.replacedBy)
        : statusWords(view.policy.language)[r.status];
    return words.recommended(r.id, r.action, indicator(r.target), became);
  });
  return fold(words.earlier(gone.length), list(lines));
}

function path(view: IncidentView): string {
  const diagram = attackPath(view);
  return diagram ? fold(wordsOf(view).path, diagram) : '';
}

function timeline(view: IncidentView, list: List): string {
  if (view.alerts.length < 2) return '';
  const { timeZone: zone, language } = view.policy;
  const words = wordsOf(view);
  const lines = byTime(view.alerts).map(
    (a) =>
      `- ${clockTime(a.firstSeen, zone)} ${code(titleIn(a, language), 160)}${where(a, language)}${times(a, language)}${techniques(a)}`,
  );
  const from = words.from(both(view.incident.firstSeen, zone));
  return fold(words.timeline(view.alertTotal), [from, '', list(lines, view.alertTotal)].join('\n'));
}

/** What the model's assessment has beyond what is in the open. */
function weighing(view: IncidentView, list: List): string {
  const lines = [loweredSeverity(view), ...moreOfHypotheses(view), ...moreTechniques(view)].filter((l) => l !== '');
  return lines.length === 0 ? '' : fold(wordsOf(view).moreAssessed, list(lines));
}

/** The place of one alert, where its title does not say it. */
function where(alert: AlertView, language: Language): string {
  const place = placeOf({ entities: alert.entities.map((e) => ({ ...e, alerts: 1 })) });
  return place && !alert.title.includes(place.value) ? detailsWords(language).on(indicator(place)) : '';
}

function together(view: IncidentView, list: List): string {
  if (view.alerts.length < 2) return '';
  const words = wordsOf(view);
  const span = length(view.incident.lastSeen.getTime() - view.incident.firstSeen.getTime(), view.policy.language);
  const { language } = view.policy;
  const lines = byTime(view.alerts).map(
    (a) => `- ${code(titleIn(a, language), 100)}: ${joinReason(a.joinReason, language)}`,
  );
  const intro = words.span(span);
  return fold(words.together(view.alertTotal), [intro, '', list(lines, view.alertTotal)].join('\n'));
}

function entities(view: IncidentView, list: List): string {
  if (view.entities.length === 0) return '';
  const words = wordsOf(view);
  const lines = view.entities.map((e) => {
    const role = code(e.role, 40);
    return `- ${e.type.replace('_', ' ')} ${indicator(e)} (${e.from === 'text' ? words.fromText(role) : role})`;
  });
  return fold(words.entities(view.entities.length), list(lines));
}

function alerts(view: IncidentView, list: List): string {
  const { language } = view.policy;
  const words = wordsOf(view);
  const lines = byTime(view.alerts).map((a) => {
    const rated = a.severity === 'unknown' ? words.notRated : a.severity;
    const floor = a.floorBecause ? words.raised(rated, prose(a.floorBecause)) : '';
    const facts = [
      words.alert(a.id, name(a.product), code(a.rule, 120)),
      ...(a.attribution ? [credit(a.attribution, language)] : []),
      a.floorBecause ? a.effectiveSeverity : rated,
    ];
    return `${facts.join(listsWords(language).and)}${floor}${times(a, language)}`;
  });
  return fold(words.alerts(view.alertTotal, view.incident.alertCount), list(lines, view.alertTotal));
}

function evidence(view: IncidentView, list: List): string {
  if (view.evidence.length === 0) return '';
  const zone = view.policy.timeZone;
  const words = wordsOf(view);
  const mark = { found: '', nothing: words.foundNothing, 'could-not-look': words.couldNotLook };
  const counted = { found: words.found, nothing: words.nothing, 'could-not-look': words.blind };
  const lines = view.evidence.map(
    (e) =>
      `- ${e.id}${mark[e.outcome]} ${sentence(e.summary)} <sub>${prose(e.tool)}, ${clockTime(e.at, zone)}, sha256 ${e.hash.slice(0, 12)}</sub>`,
  );
  const counts = (['found', 'nothing', 'could-not-look'] as const).map((outcome) => {
    const n = view.evidence.filter((e) => e.outcome === outcome).length;
    return n === 0 ? '' : `${counted[outcome]} (${n})`;
  });
  return fold(words.evidence(counts.filter((c) => c !== '').join(' · ')), list(lines));
}

function byTime(alerts: AlertView[]): AlertView[] {
  return [...alerts].sort((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime() || Number(a.id) - Number(b.id));
}

function times(a: AlertView, language: Language): string {
  return a.count > 1 ? detailsWords(language).times(a.count) : '';
}

function techniques(a: AlertView): string {
  const known = a.techniques.filter((t) => /^T\d{4}(\.\d{3})?$/.test(t));
  return known.length > 0 ? ` · ${known.join(' ')}` : '';
}

/** Under which policy, playbook and mode this was written. */
export function footer(view: IncidentView): string {
  const words = wordsOf(view);
  const { repository, commit, mode } = view.policy;
  const at = commit === 'safe-defaults' ? words.safeDefaults : commit.slice(0, 7);
  const facts = [
    words.policy(`${person(repository)}@${at}`),
    ...(view.report ? [words.playbook(prose(view.report.playbook))] : []),
    ...(view.report?.investigator === 'model' || view.report?.model ? [] : [words.noModel]),
    words.incident(view.incident.id),
    '`/help`',
  ];
  return `<sub>${facts.join(' · ')}</sub>${mode === 'observe' ? ` · ${words.observing}` : ''}`;
}
