import type { Condition } from './policy.ts';
import type { Severity } from './severity.ts';

/** Where people can open an incident: an issue of its own, a day's digest, or the inventory of what was there already. */
export type Standing = 'issue' | 'digest' | 'inventory';

/**
 * What policy adopts of what stands in a list is counted by itself, as if it were a source that is always new: it takes
 * none of the issues of what happens today.
 */
export const adoptedByPolicy = 'quiet.adopt';

/** How much of what comes in opens an issue of its own. */
export interface QuietPolicy {
  /** Off: every incident does. */
  on: boolean;
  /** Below it an incident stands in the day's digest. */
  digestBelow: Severity;
  /** Issues opened a day for a source that has no baseline yet. */
  issuesADay: number;
  /** How long after its first record a source has none, in days. */
  baselineDays: number;
  /** What was open already when it was connected and opens an issue all the same. */
  adopt: Condition[];
}

/** What holds where the policy says nothing. */
export const quietByDefault: QuietPolicy = {
  on: true,
  digestBelow: 'medium',
  issuesADay: 10,
  baselineDays: 7,
  adopt: [],
};
