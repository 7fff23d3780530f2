import type { ParsedAlert, Triaged } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import type { Policy } from '../domain/policy.ts';
import { maxSeverity, type Severity } from '../domain/severity.ts';

/** Raises severity to the highest floor whose conditions hold. Nothing here ever lowers one. */
export function triage(alert: ParsedAlert, policy: Pick<Policy, 'severityFloors'>): Triaged {
  let effectiveSeverity: Severity = alert.severity === 'unknown' ? 'low' : alert.severity;
  let floorBecause: string | undefined;
  for (const floor of policy.severityFloors) {
    if (!matches(floor.when, { ...alert, effectiveSeverity })) continue;
    const raised = maxSeverity(effectiveSeverity, floor.atLeast);
    if (raised === effectiveSeverity) continue;
    effectiveSeverity = raised;
    floorBecause = `${floor.because} (${floor.origin.path}:${floor.origin.line})`;
  }
  return floorBecause === undefined ? { alert, effectiveSeverity } : { alert, effectiveSeverity, floorBecause };
}
