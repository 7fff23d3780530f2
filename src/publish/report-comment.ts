import type { Evidence } from '../domain/evidence.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { atLeast } from '../domain/severity.ts';
import { verdictText } from '../domain/verdict.ts';
import { topAlert } from './headline.ts';
import { indicator } from './indicator.ts';
import { sentence } from './sentence.ts';
import { code, prose } from './text.ts';

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
  const top = topAlert(view);
  const what = top ? code(top.title, 120) : 'This';
  const next = recommendations.find((r) => r.status === 'open');
  const type = next
    ? `\`/approve ${next.id}\` to ${next.action} ${indicator(next.target)}`
    : '`/take` if you have this';
  const verdict =
    report.verdict === 'not-assessed'
      ? 'Checks done, not assessed (no model)'
      : `Likely ${verdictText(report.verdict)}: ${prose(report.because ?? '')}`;
  const lines = [`**${verdict}, severity ${incident.severity}.** ${what}. Next: ${type}.`, ''];
  for (const claim of report.claims.slice(0, 8))
    lines.push(`- ${sentence(claim.text)} ${claim.evidence.map((id) => `[${id}]`).join('')}`);
  const blind = done.evidence.filter((e) => e.outcome === 'could-not-look');
  for (const e of blind.slice(0, 5)) lines.push(`- Could not look: ${sentence(e.summary)} [${e.id}]`);
  const mentioned =
    atLeast(incident.severity, policy.mention.severity) && policy.mode !== 'observe' ? policy.mention.who : [];
  if (mentioned.length > 0) lines.push('', `For ${mentioned.map((who) => `@${who}`).join(' ')} by policy.`);
  lines.push('', `<sub>details, evidence and commands in the issue above · playbook ${prose(report.playbook)}</sub>`);
  return lines.join('\n');
}
