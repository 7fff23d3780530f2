/** OCSF severity, lowest first. `unknown` is what a product did not say. */
export const severities = ['unknown', 'informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** The number of OCSF 1.8.0 `severity_id`; its 6 (Fatal) reads as critical. */
export function severityId(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Severity of an OCSF `severity_id`; anything outside the table is unknown. */
export function severityOfId(id: number): Severity {
  return id === 6 ? 'critical' : (severities[id] ?? 'unknown');
}

/** What an alert counts as: one that its product did not rate is no less than medium, so that nobody overlooks it. */
export function countsAs(severity: Severity): Exclude<Severity, 'unknown'> {
  return severity === 'unknown' ? 'medium' : severity;
}

/** The higher of two. */
export function maxSeverity(a: Severity, b: Severity): Severity {
  return severityId(a) >= severityId(b) ? a : b;
}

/** True when `severity` is `floor` or above. */
export function atLeast(severity: Severity, floor: Severity): boolean {
  return severityId(severity) >= severityId(floor);
}
