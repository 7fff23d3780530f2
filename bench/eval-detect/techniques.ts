import type { Alert } from './watch.ts';

/** ATT&CK techniques of a rule's tags, upper case. */
export function techniquesOf(tags: readonly string[]): string[] {
  return tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? []);
}

/**
 * ATT&CK ids that version 19 gave up, as the recordings still name them → the ids of rules that mean the same now; read
 * off the rules that lost the one and gained the other.
 */
const renamed: Readonly<Record<string, readonly string[]>> = {
  'T1562.001': ['T1685'],
  'T1562.002': ['T1685', 'T1685.001'],
  'T1562.004': ['T1686', 'T1686.001', 'T1686.002', 'T1686.003'],
};

/** Rules that say that a log was cleared; some recordings begin with that, for no reason but to be small. */
export const logCleared = 'T1685.005';

/**
 * Whether a rule's technique speaks of a recording's: the same one, its parent, or, where the recording names a parent
 * only, one below it.
 */
export function speaksOf(ofRule: string, ofRecording: string): boolean {
  const now = renamed[ofRecording];
  if (now) return now.includes(ofRule);
  return ofRule === ofRecording || ofRecording.startsWith(`${ofRule}.`) || ofRule.startsWith(`${ofRecording}.`);
}

/** Alerts of rules tagged with one of the techniques, as `speaksOf` has it. */
export function tagged(alerts: readonly Alert[], techniques: readonly string[]): Alert[] {
  return alerts.filter(({ tags }) => techniquesOf(tags).some((one) => techniques.some((t) => speaksOf(one, t))));
}
