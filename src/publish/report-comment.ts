import type { Evidence } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { atLeast } from '../domain/severity.ts';
import { verdictText } from '../domain/verdict.ts';
import { topAlert, urgency } from './headline.ts';
import { indicator } from './indicator.ts';
import { claimLine } from './render-issue.ts';
import { sentence } from './sentence.ts';
import { clause, code, prose } from './text.ts';

/** Whom the policy mentions for an incident, without `@`; nobody in observe mode. */
export function mentionedFor(incident: Pick<Incident, 'severity'>, policy: Pick<Policy, 'mention' | 'mode'>): string[] {
  return atLeast(incident.severity, policy.mention.severity) && policy.mode !== 'observe' ? policy.mention.who : [];
}

/** The line that mentions them, none when it is nobody. */
export function mentionLines(incident: Pick<Incident, 'severity'>, policy: Pick<Policy, 'mention' | 'mode'>): string[] {
  const mentioned = mentionedFor(incident, policy);
  return mentioned.length === 0 ? [] : ['', `For ${mentioned.map((who) => `@${who}`).join(' ')} by policy.`];
}

/**
 * The one comment that says the investigation is finished. Its first line stands alone: verdict, urgency, what to
 * type. Mentions are made here, and only of those whom the policy names.
 */
export function reportComment(
  view: IncidentView,
  done: { report: Report; evidence: Evidence[] },
  recommendations: Recommendation[],
  policy: Pick<Policy, 'mention' | 'mode'>,
): string {
  const { report } = done;
  const { incident } = view;
  const lines = [firstLine(view, report, recommendations, policy.mode)];
  const findings = report.claims.slice(0, 8).map(claimLine);
  const blind = done.evidence.filter((e) => e.outcome === 'could-not-look');
  for (const e of blind.slice(0, 5)) findings.push(`- Could not look: ${sentence(e.summary)} [${e.id}]`);
  if (findings.length > 0) lines.push('', ...findings);
  lines.push(...mentionLines(incident, policy));
  lines.push('', `<sub>details, evidence and commands in the issue above · playbook ${prose(report.playbook)}</sub>`);
  return lines.join('\n');
}

function firstLine(
  view: IncidentView,
  report: Report,
  recommendations: Recommendation[],
  mode: Policy['mode'],
): string {
  const { severity } = view.incident;
  const { sign, sentence: soon } = urgency(view.incident);
  const top = topAlert(view);
  const what = top ? `${code(top.title, 120)}.` : '';
  const verdict =
    report.verdict === 'not-assessed'
      ? `${sign} **${soon} Checked, not assessed (no model), severity ${severity}.**`
      : `⚪ **Likely ${verdictText(report.verdict)}, severity ${severity}:** ${clause(report.because ?? 'by policy')}.`;
  return `${verdict} ${what} Next: ${nextStep(report, recommendations, mode)}.`;
}

function nextStep(report: Report, recommendations: Recommendation[], mode: Policy['mode']): string {
  if (report.verdict === 'benign') return '`/close benign <why>` when you agree';
  const open = recommendations.find((r) => r.status === 'open');
  if (!open) return '`/take` if you have this';
  const dry = mode === 'observe' || mode === 'recommend' ? ' (dry run only)' : '';
  return `\`/approve ${open.id}\` to ${open.action} ${indicator(open.target)}${dry}`;
}
