import type { CompletedCorrelation, Detection, EventToMatch, MatchedEvent } from '../domain/detection.ts';
import type { Policy } from '../domain/policy.ts';
import type { Sql } from './store.ts';

/** The detection rules of the policy in force. A rule that cannot be used keeps no other from matching. */
export interface Detections {
  /** What events match; `found[k]` belongs to `events[k]`. Remembers nothing. */
  match(events: readonly EventToMatch[], policy: Policy): Detection[][];
  /**
   * Tells correlation rules of matches, in the transaction that moves the pipeline's cursor, and answers those that came
   * true. Without matches it judges windows that are over.
   */
  correlate(tx: Sql, policy: Policy, matched: readonly MatchedEvent[], now: Date): Promise<CompletedCorrelation[]>;
  /** When windows want to be judged next, though no event comes; undefined when none is open. */
  due(policy: Policy): Date | undefined;
  /** The transaction failed: what correlations remember in memory is not what is written down. */
  forget(): void;
}
