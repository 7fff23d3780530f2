import type { ParsedAlert, Triaged } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import type { Policy } from '../domain/policy.ts';
import { atLeast, countsAs, type Severity } from '../domain/severity.ts';

/**
 * Raises severity to the highest floor whose conditions hold. Nothing here ever lowers one. A floor may ask for the
 * severity another one gives, so they are gone through until none raises any more: their order says nothing.
 */
export function triage(alert: ParsedAlert, policy: Pick<Policy, 'severityFloors'>): Triaged {
  let effectiveSeverity: Severity = countsAs(alert.severity);
  let floorBecause: string | undefined;
  for (;;) {
    const raising = policy.severityFloors.filter(
      (floor) => !atLeast(effectiveSeverity, floor.atLeast) && matches(floor.when, { ...alert, effectiveSeverity }),
    );
    const [floor, ...others] = raising;
    if (!floor) break;
    const highest = others.reduce((a, b) => (atLeast(a.atLeast, b.atLeast) ? a : b), floor);
    effectiveSeverity = highest.atLeast;
    floorBecause = `${highest.because} (${highest.origin.path}:${highest.origin.line})`;
  }
  return floorBecause === undefined ? { alert, effectiveSeverity } : { alert, effectiveSeverity, floorBecause };
}
