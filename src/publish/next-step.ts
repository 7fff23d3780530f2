import type { Incident } from '../domain/incident.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { adviceOn } from './advice.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';

/** The one thing to type after an investigation, without a full stop. */
export function nextStep(
  report: Report,
  incident: Incident,
  recommendations: Recommendation[],
  mode: Policy['mode'],
): string {
  const check = needsHuman(report, incident);
  if (report.verdict === 'benign' && !check) return '`/close benign <why>` when you agree';
  const open = recommendations.filter((r) => r.status === 'open');
  // A model's word moves one forward, and hides none.
  const first = open.find((r) => adviceOn(r, report)?.now) ?? open[0];
  if (!first) return check ? '`/take` and judge for yourself' : '`/take` if you have this';
  const dry = mode === 'observe' || mode === 'recommend' ? ' (dry run only)' : '';
  const waits = adviceOn(first, report)?.now === false ? ', though the model would wait' : '';
  return `\`/approve ${first.id}\` to ${first.action} ${indicator(first.target)}${dry}${waits}`;
}
