import { z } from 'zod';
import type { VulnerabilityPolicy } from '../../domain/vulnerability.ts';
import { strict } from './strict.ts';

const days = z.int().min(0).max(3_650).exactOptional();

/** Front matter of `policies/vulnerabilities.md`. */
export const vulnerabilitiesSchema = strict({
  days: strict({ critical: days, high: days, medium: days, low: days }).exactOptional(),
  exploited_days: days,
  exposed_days: days,
  both_days: days,
  likely_from: z.number().min(0).max(1).exactOptional(),
});

/** What is not said stays as it was. */
export function vulnerabilityPolicy(
  data: z.output<typeof vulnerabilitiesSchema>,
  before: VulnerabilityPolicy,
): VulnerabilityPolicy {
  return {
    ...before,
    days: { ...before.days, ...data.days },
    exploitedDays: data.exploited_days ?? before.exploitedDays,
    exposedDays: data.exposed_days ?? before.exposedDays,
    bothDays: data.both_days ?? before.bothDays,
    likelyFrom: data.likely_from ?? before.likelyFrom,
  };
}

/** The ids in CISA's catalog of known exploited vulnerabilities, in whatever form the file has them. */
export function kevIn(text: string): string[] {
  return [...new Set(text.match(/\bCVE-\d{4}-\d{4,7}\b/g) ?? [])];
}
