import type { AlertView, IncidentView } from '../domain/incident-view.ts';
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
  let cut = false;
  const list = (lines: string[], total = lines.length): string => {
    const shown = lines.slice(0, limit);
    if (total <= shown.length) return shown.join('\n');
    cut = true;
    return [...shown, `- and ${total - shown.length} more`].join('\n');
  };
  const sections = [tasks, earlier, path, timeline, weighing, together, entities, alerts, evidence];
  const folded = sections.map((section) => section(view, list)).filter((text) => text !== '');
  return { folded, cut };
}

/** Joins lines up to the limit; `total` when there are more than those given. */
type List = (lines: string[], total?: number) => string;

function tasks(view: IncidentView, list: List): string {
  if (view.tasks.length === 0) return '';
  const lines = view.tasks.toReversed().map((t) => `- ${taskLine(t, view.policy)}`);
  return fold(`Tasks (${lines.length})`, list(lines));
}

function earlier(view: IncidentView, list: List): string {
  const gone = view.recommendations.filter((r) => r.status !== 'open').toReversed();
  if (gone.length === 0) return '';
  const lines = gone.map((r) => {
    const became = r.status === 'replaced' && r.replacedBy ? `replaced by ${r.replacedBy}` : r.status;
    return `- ${r.id} ${r.action} ${indicator(r.target)}: ${became}`;
  });
  return fold(`Earlier recommendations (${gone.length})`, list(lines));
}

function path(view: IncidentView): string {
  const diagram = attackPath(view);
  return diagram ? fold('Attack path', diagram) : '';
}

function timeline(view: IncidentView, list: List): string {
  if (view.alerts.length < 2) return '';
  const zone = view.policy.timeZone;
  const lines = byTime(view.alerts).map(
    (a) => `- ${clockTime(a.firstSeen, zone)} ${code(a.title, 160)}${where(a)}${times(a)}${techniques(a)}`,
  );
  const from = `From ${both(view.incident.firstSeen, zone)}:`;
  return fold(`Timeline (${view.alertTotal})`, [from, '', list(lines, view.alertTotal)].join('\n'));
}

/** What the model's assessment has beyond what is in the open. */
function weighing(view: IncidentView, list: List): string {
  const lines = [loweredSeverity(view), ...moreOfHypotheses(view), ...moreTechniques(view)].filter((l) => l !== '');
  return lines.length === 0 ? '' : fold('More of the assessment', list(lines));
}

/** The place of one alert, where its title does not say it. */
function where(alert: AlertView): string {
  const place = placeOf({ entities: alert.entities.map((e) => ({ ...e, alerts: 1 })) });
  return place && !alert.title.includes(place.value) ? ` on ${indicator(place)}` : '';
}

function together(view: IncidentView, list: List): string {
  if (view.alerts.length < 2) return '';
  const span = length(view.incident.lastSeen.getTime() - view.incident.firstSeen.getTime(), view.policy.language);
  const lines = byTime(view.alerts).map(
    (a) => `- ${code(a.title, 100)}: ${joinReason(a.joinReason, view.policy.language)}`,
  );
  const intro = `${span} from first to last.`;
  return fold(`Why these ${view.alertTotal} alerts are together`, [intro, '', list(lines, view.alertTotal)].join('\n'));
}

function entities(view: IncidentView, list: List): string {
  if (view.entities.length === 0) return '';
  const lines = view.entities.map(
    (e) =>
      `- ${e.type.replace('_', ' ')} ${indicator(e)} (${code(e.role, 40)}${e.from === 'text' ? ', from text' : ''})`,
  );
  return fold(`Entities (${view.entities.length})`, list(lines));
}

function alerts(view: IncidentView, list: List): string {
  const lines = byTime(view.alerts).map((a) => {
    const floor = a.floorBecause ? `; raised from ${a.severity}: ${prose(a.floorBecause)}` : '';
    const by = a.attribution ? `, ${credit(a.attribution)}` : '';
    return `- alert ${a.id}: ${name(a.product)} rule ${code(a.rule, 120)}${by}, ${a.effectiveSeverity}${floor}${times(a)}`;
  });
  return fold(`Alerts (${view.alertTotal}), records (${view.incident.alertCount})`, list(lines, view.alertTotal));
}

function evidence(view: IncidentView, list: List): string {
  if (view.evidence.length === 0) return '';
  const zone = view.policy.timeZone;
  const lines = view.evidence.map(
    (e) =>
      `- ${e.id}${mark[e.outcome]} ${sentence(e.summary)} <sub>${prose(e.tool)}, ${clockTime(e.at, zone)}, sha256 ${e.hash.slice(0, 12)}</sub>`,
  );
  const counts = (['found', 'nothing', 'could-not-look'] as const).map((outcome) => {
    const n = view.evidence.filter((e) => e.outcome === outcome).length;
    return n === 0 ? '' : `${counted[outcome]} (${n})`;
  });
  return fold(`Evidence: ${counts.filter((c) => c !== '').join(' · ')}`, list(lines));
}

const counted = { found: 'found', nothing: 'looked, found nothing', 'could-not-look': 'could not look' };

const mark = { found: '', nothing: ' found nothing:', 'could-not-look': ' could not look:' };

function byTime(alerts: AlertView[]): AlertView[] {
  return [...alerts].sort((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime() || Number(a.id) - Number(b.id));
}

function times(a: AlertView): string {
  return a.count > 1 ? `, ${a.count} times` : '';
}

function techniques(a: AlertView): string {
  const known = a.techniques.filter((t) => /^T\d{4}(\.\d{3})?$/.test(t));
  return known.length > 0 ? ` · ${known.join(' ')}` : '';
}

/** Under which policy, playbook and mode this was written. */
export function footer(view: IncidentView): string {
  const commit = view.policy.commit === 'safe-defaults' ? 'safe defaults' : view.policy.commit.slice(0, 7);
  const playbook = view.report ? ` · playbook ${prose(view.report.playbook)}` : '';
  const model = view.report?.investigator === 'model' || view.report?.model ? '' : ' · no model';
  const mode = view.policy.mode === 'observe' ? ' · **mode observe: nothing is run, nobody is mentioned**' : '';
  return `<sub>policy ${person(view.policy.repository)}@${commit}${playbook}${model} · incident ${view.incident.id} · \`/help\`</sub>${mode}`;
}
