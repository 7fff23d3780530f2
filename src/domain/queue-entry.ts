import type { Titled } from './alert-title.ts';
import type { Incident } from './incident.ts';
import type { Report } from './report.ts';

/** An open incident as the queue shows it, with the title of the alert that names it. */
export interface QueueEntry extends Titled {
  issue: number;
  kind: Incident['kind'];
  severity: Incident['severity'];
  /** Who set the severity, when a person did. */
  severityBy?: string;
  /** Untrusted text. */
  product: string;
  /** The policy raised the severity. */
  byPolicy: boolean;
  /** The product said how severe it is. */
  rated: boolean;
  owner?: string;
  /** Who was asked last to take it, while nobody has. */
  asked?: string;
  openedAt: Date;
  snoozedUntil?: Date;
  /** For a vulnerability: by when it is to be mended. */
  dueAt?: Date;
  pressing: boolean;
  /** Recommendations that wait for a person. */
  waiting: number;
  report?: Report;
}

/** What is open in one room. */
export interface Queue {
  /** As many as are listed, in their order. */
  entries: QueueEntry[];
  /** How many are open; of these, how many need somebody now; of those, how many nobody has. */
  total: number;
  urgent: number;
  alone: number;
}
