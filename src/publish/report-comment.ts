import { needsSomebodyNow } from '../domain/alert.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { atLeast } from '../domain/severity.ts';
import { verdictText } from '../domain/verdict.ts';
import { claimLine } from './claim-line.ts';
import { topAlert, urgency } from './headline.ts';
import { modelLine, strongest } from './model-comment.ts';
import { needsHuman } from './needs-human.ts';
import { nextStep } from './next-step.ts';
import { sentence } from './sentence.ts';
import { clause, code, prose } from './text.ts';
import { isModels, objection } from './verdict-line.ts';
import { fallbackLine, plantedLines } from './warnings.ts';

/** Whom the policy mentions for an incident, without `@`; nobody in observe mode. */
export function mentionedFor(
  { kind, severity }: Pick<Incident, 'kind' | 'severity'>,
  policy: Pick<Policy, 'mention' | 'mode'>,
): string[] {
  if (policy.mode === 'observe' || !needsSomebodyNow(kind)) return [];
  return atLeast(severity, policy.mention.severity) ? policy.mention.who : [];
}

/** The line that mentions them, none when it is nobody. */
export function mentionLines(
  incident: Pick<Incident, 'kind' | 'severity'>,
  policy: Pick<Policy, 'mention' | 'mode' | 'language'>,
): string[] {
  const mentioned = mentionedFor(incident, policy);
  return mentioned.length === 0 ? [] : ['', `For ${mentioned.map((who) => `@${who}`).join(' ')} by policy.`];
}

/**
 * The one comment that says the investigation is finished. Its first line stands alone: verdict, urgency, what to
 * type. Mentions are made here, and only of those whom the policy names.
 */
export function reportComment(
  view: IncidentView,
  done: { report: Report; evidence: Evidence[]; modelLooks?: boolean },
  recommendations: Recommendation[],
  policy: Pick<Policy, 'mention' | 'mode'>,
): string {
  const { report } = done;
  const { incident } = view;
  const next = nextStep(report, incident, recommendations, policy.mode);
  const lines = [
    `${isModels(report) ? modelLine(view, report) : firstLine(view, report, done.modelLooks)} Next: ${next}.`,
  ];
  const warned = [...plantedLines(report.planted, 1), fallbackLine(report)].filter((line) => line !== '');
  if (warned.length > 0) lines.push('', warned.join('\n>\n'));
  const findings = report.assessment ? strongest(report, report.assessment) : report.claims.slice(0, 8).map(claimLine);
  const blind = done.evidence.filter((e) => e.outcome === 'could-not-look');
  const shownBlind = report.assessment ? 2 : 5;
  for (const e of blind.slice(0, shownBlind)) findings.push(`- Could not look: ${sentence(e.summary)} [${e.id}]`);
  if (findings.length > 0) lines.push('', ...findings);
  lines.push(...mentionLines(incident, { ...policy, language: view.policy.language }));
  lines.push('', `<sub>details, evidence and commands in the issue above · playbook ${prose(report.playbook)}</sub>`);
  return lines.join('\n');
}

/** Without a model, or where policy gave the verdict. */
function firstLine(view: IncidentView, report: Report, modelLooks = false): string {
  const { severity } = view.incident;
  const { sign, sentence: soon } = urgency(view.incident, report);
  const top = topAlert(view);
  const what = top ? `${code(top.title, 120)}.` : '';
  const noModel = modelLooks ? 'the model has yet to report' : 'no model';
  const without = report.fallback === undefined ? noModel : 'the model gave no report';
  if (report.verdict === 'not-assessed')
    return `${sign} **${soon} Checked, not assessed (${without}), severity ${severity}.** ${what}`;
  const seen = needsHuman(report, view.incident) ? sign : '⚪';
  const because = clause(report.because ?? 'by policy');
  const said = `${seen} **Likely ${verdictText(report.verdict)}, severity ${severity}:** ${because}.`;
  return [said, objection(report), what].filter((part) => part !== '').join(' ');
}
