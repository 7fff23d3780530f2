import type { Origin } from '../domain/policy.ts';

/** One consequence of a new policy, as a sentence of markdown that begins with a verb. */
export interface PolicyChange {
  /** `warning`: somebody or something may do more than before, or less is protected. */
  level: 'warning' | 'notice';
  sentence: string;
  origin?: Origin;
}
