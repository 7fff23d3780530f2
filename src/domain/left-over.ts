import type { Recommendation } from './recommendation.ts';
import type { Task } from './task.ts';

/** What of an incident waits for whoever has it next. */
export interface LeftOver {
  /** Open recommendations that somebody asked for, or approved in part. */
  pending: Recommendation[];
  /** Ids of the other open ones. */
  proposed: string[];
  /** Tasks that hold until a time, the first to end first; `alone`: unless a second person confirms it. */
  runningOut: (Task & { expiresAt: Date; alone?: boolean })[];
  /** Tasks that came to no good end. */
  stuck: Task[];
  /** What people asked the model. */
  asked: string[];
  /** What a report asks people. */
  questions: { ask: string; who: string }[];
}
