import type { Incident } from '../domain/incident.ts';
import type { Report } from '../domain/report.ts';
import { atLeast } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Verdicts after which nobody would do anything. */
export const quietVerdicts: readonly Verdict[] = [
  'false-positive',
  'disregard',
  'benign',
  'test',
  'managed-externally',
  'duplicate',
];

/** Verdicts that ask for somebody. */
const alarming: Verdict[] = ['true-positive', 'suspicious', 'security-risk'];

/** Whether a verdict says that nothing has to be done. */
function isQuiet(verdict: Verdict): boolean {
  return quietVerdicts.includes(verdict);
}

/** Whether the policy gave one verdict and the model one that asks for the opposite. */
export function modelContradicts(report: Report): boolean {
  const model = report.assessment?.verdict;
  if (model === undefined || report.verdictBy === undefined) return false;
  return isQuiet(report.verdict) ? alarming.includes(model) : isQuiet(model);
}

/**
 * Whether a person should judge for themselves: somebody wrote instructions for whoever investigates, or the model
 * takes it for nothing without a reason that stands, or where policy or a severity of high and above says otherwise, or for something where policy says
 * it is nothing.
 */
export function needsHuman(report: Report | undefined, incident: Pick<Incident, 'severity'>): boolean {
  if (!report) return false;
  const planted = (report.planted ?? []).length > 0;
  const model = report.assessment?.verdict;
  const refused = report.refused !== undefined && isQuiet(report.refused);
  const played = report.verdictBy === undefined && model !== undefined && isQuiet(model);
  return planted || refused || modelContradicts(report) || (played && atLeast(incident.severity, 'high'));
}
