import type { AlertKind } from './alert.ts';
import type { Titled } from './alert-title.ts';
import type { Severity } from './severity.ts';
import type { Verdict } from './verdict.ts';

export type IncidentStatus = 'open' | 'closed' | 'merged';

/** A set of alerts that tell one story; exactly one issue. */
export interface Incident extends Titled {
  id: string;
  kind: AlertKind;
  status: IncidentStatus;
  severity: Severity;
  /** Set by `/severity` or a person's label; wins over what alerts say until an alert is worse. */
  severityBy?: string;
  verdict: Verdict;
  /** `policy <file>` or the login of the person who said so. */
  verdictBy?: string;
  verdictWhy?: string;
  owner?: string;
  /** Whom Yagura asked last to take it. */
  asked?: string;
  snoozedUntil?: Date;
  /** Key of the room its issue stands in; absent for the default one. */
  room?: string;
  /** The issue's number once it exists. */
  issue?: number;
  mergedInto?: string;
  /** A closed incident the same story was told in before. */
  relatedIssue?: number;
  openedAt: Date;
  /** When its source had it open again last. */
  backAt?: Date;
  /** When the first and last alert happened. */
  firstSeen: Date;
  lastSeen: Date;
  closedAt?: Date;
  /** Set when it was the source that ended it: every alert fixed, or some dismissed there. */
  settled?: { how: 'fixed' | 'dismissed'; product?: string; why?: string };
  /** For a vulnerability: by when it is to be mended, and whether it is exploited and exposed. */
  dueAt?: Date;
  pressing: boolean;
  alertCount: number;
  /** True when an issue of somebody else was adopted: its body is never edited, our view is a comment. */
  adopted: boolean;
}

/** Why an alert is in its incident. */
export interface Placement {
  story: string;
  /** Of `joinReasonText`: `shares host web-01, 42 s after it was last seen`. */
  reason: string;
  key: string | null;
}

/** When a story has seen a key, milliseconds since the epoch; spans of one key are further apart than its window. */
export interface Span {
  story: string;
  key: string;
  first: number;
  last: number;
}
