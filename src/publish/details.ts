import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { attackPath } from './attack-path.ts';
import { taskLine } from './do-next.ts';
import { indicator } from './indicator.ts';
import { sentence } from './sentence.ts';
import { code, html, person, titleText } from './text.ts';
import { both, clockTime, length } from './times.ts';

/** A folded section; `summary` is our own text. */
function fold(summary: string, body: string): string {
  return `<details><summary>${html(summary)}</summary>\n\n${body}\n\n</details>`;
}

/** Bulk sections in the order they are dropped last to first when a body is too long. Empty ones do not appear. */
export function details(view: IncidentView): string[] {
  const sections = [tasks, replaced, path, timeline, together, entities, alerts, evidence];
  return sections.map((section) => section(view)).filter((text) => text !== '');
}

function tasks(view: IncidentView): string {
  if (view.tasks.length === 0) return '';
  const lines = view.tasks.slice(-30).map((t) => `- ${taskLine(t, view.policy.timeZone)}`);
  return fold(`Tasks (${view.tasks.length})`, lines.join('\n'));
}

function replaced(view: IncidentView): string {
  const gone = view.recommendations.filter((r) => r.status !== 'open');
  if (gone.length === 0) return '';
  const lines = gone.slice(-30).map((r) => {
    const became = r.status === 'replaced' ? `replaced by ${r.replacedBy ?? '?'}` : r.status;
    return `- ${r.id} ${r.action} ${indicator(r.target)}: ${became}`;
  });
  return fold(`Earlier recommendations (${gone.length})`, lines.join('\n'));
}

function path(view: IncidentView): string {
  const diagram = attackPath(view);
  return diagram ? fold('Attack path', diagram) : '';
}

function timeline(view: IncidentView): string {
  if (view.alerts.length < 2) return '';
  const zone = view.policy.timeZone;
  const lines = byTime(view.alerts)
    .slice(0, 60)
    .map((a) => `- ${clockTime(a.firstSeen, zone)} ${code(a.title, 160)}${times(a)}${techniques(a)}`);
  return fold(
    `Timeline (${view.alertTotal})`,
    [`From ${both(view.incident.firstSeen, zone)}:`, '', ...lines].join('\n'),
  );
}

function together(view: IncidentView): string {
  if (view.alerts.length < 2) return '';
  const span = length(view.incident.lastSeen.getTime() - view.incident.firstSeen.getTime());
  const lines = byTime(view.alerts)
    .slice(0, 40)
    .map((a) => `- ${code(a.title, 100)}: ${reason(a.joinReason)}`);
  const intro = `${span} from first to last.`;
  return fold(`Why these ${view.alertTotal} alerts are together`, [intro, '', ...lines].join('\n'));
}

/** Reasons are our sentences around an untrusted value: the value goes into a code span. */
function reason(text: string): string {
  const shares = /^shares (.+), ((?:seen|\d).*)$/s.exec(text);
  return shares ? `shares ${code(shares[1] ?? '', 120)}, ${shares[2]}` : text;
}

function entities(view: IncidentView): string {
  if (view.entities.length === 0) return '';
  const lines = view.entities
    .slice(0, 60)
    .map(
      (e) =>
        `- ${e.type.replace('_', ' ')} ${indicator(e)} (${code(e.role, 40)}${e.from === 'text' ? ', from text' : ''})`,
    );
  return fold(`Entities (${view.entities.length})`, lines.join('\n'));
}

function alerts(view: IncidentView): string {
  const lines = byTime(view.alerts)
    .slice(0, 60)
    .map((a) => {
      const floor = a.floorBecause ? `; raised from ${a.severity}: ${a.floorBecause}` : '';
      return `- alert ${a.id}: ${titleText(a.product, 40)} rule ${code(a.rule, 120)}, ${a.effectiveSeverity}${floor}${times(a)}`;
    });
  return fold(`Alerts (${view.alertTotal}), records (${view.incident.alertCount})`, lines.join('\n'));
}

function evidence(view: IncidentView): string {
  if (view.evidence.length === 0) return '';
  const of = (outcome: string) => view.evidence.filter((e) => e.outcome === outcome);
  const lines = view.evidence
    .slice(-60)
    .map(
      (e) =>
        `- ${e.id} ${mark[e.outcome]} ${sentence(e.summary)} <sub>${e.tool}, ${clockTime(e.at, view.policy.timeZone)}, sha256 ${e.hash.slice(0, 12)}</sub>`,
    );
  const title = `Evidence (${of('found').length}) · looked, found nothing (${of('nothing').length}) · could not look (${of('could-not-look').length})`;
  return fold(title, lines.join('\n'));
}

const mark = { found: '', nothing: 'found nothing:', 'could-not-look': 'could not look:' };

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

/** Who may read the log of what was rendered; kept here so that a person's name is never a mention. */
export function footer(view: IncidentView): string {
  const commit = view.policy.commit.slice(0, 7);
  const playbook = view.report ? ` · playbook ${titleText(view.report.playbook, 40)}` : '';
  const mode = view.policy.mode === 'observe' ? ' · **mode observe: nothing is run, nobody is mentioned**' : '';
  return `<sub>policy ${person(view.policy.repository)}@${commit}${playbook} · no model · incident ${view.incident.id} · \`/help\`</sub>${mode}`;
}
