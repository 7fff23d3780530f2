import type { Incident } from '../domain/incident.ts';
import type { Language } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { doNextWords } from '../messages/do-next.ts';
import { adviceOn } from './advice.ts';
import { indicator } from './indicator.ts';
import { needsHuman } from './needs-human.ts';

/** The one thing to type after an investigation, without a full stop. */
export function nextStep(
  report: Report,
  incident: Incident,
  recommendations: Recommendation[],
  { mode, language }: { mode: Policy['mode']; language: Language },
): string {
  const words = doNextWords(language);
  const check = needsHuman(report, incident);
  if (report.verdict === 'benign' && !check) return words.nextClose;
  const open = recommendations.filter((r) => r.status === 'open');
  // A model's word moves one forward, and hides none.
  const first = open.find((r) => adviceOn(r, report)?.now) ?? open[0];
  if (!first) return check ? words.nextJudge : words.nextTake;
  const dry = mode === 'observe' || mode === 'recommend';
  const waits = adviceOn(first, report)?.now === false;
  return words.nextApprove(first.id, first.action, indicator(first.target), dry, waits);
}
