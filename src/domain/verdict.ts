/** OCSF 1.8.0 `verdict_id` captions in kebab-case, and `not-assessed`: nobody has looked yet. */
export const verdicts = [
  'not-assessed',
  'false-positive',
  'true-positive',
  'disregard',
  'suspicious',
  'benign',
  'test',
  'insufficient-data',
  'security-risk',
  'managed-externally',
  'duplicate',
] as const;
export type Verdict = (typeof verdicts)[number];

/** As a label names it, in every language: `true positive`. What people read of it is in `verdictWords`. */
export function verdictText(verdict: Verdict): string {
  return verdict.replace('-', ' ');
}
