import type { Alert } from './alert.ts';
import type { AlertEntity } from './entity.ts';
import type { Evidence } from './evidence.ts';
import type { Incident } from './incident.ts';
import type { Locale } from './locale.ts';
import type { Recommendation } from './recommendation.ts';
import type { Report } from './report.ts';
import type { Task } from './task.ts';
import type { TimeToMend } from './vulnerability.ts';

/** An alert as the issue shows it: without its OCSF finding. */
export type AlertView = Omit<Alert, 'ocsf' | 'rawIds'> & {
  floorBecause?: string;
  joinReason: string;
};

/** Everything the renderer may show of an incident; loaded at once, bounded. */
export interface IncidentView {
  incident: Incident;
  /** At most `alertLimit`, by time; `incident.alertCount` has the true number of records. */
  alerts: AlertView[];
  /** Distinct alerts in all. */
  alertTotal: number;
  entities: (AlertEntity & { alerts: number })[];
  evidence: Evidence[];
  /** Who the organization says answers for a repository or other cloud resource, by its name. */
  owners?: Record<string, string>;
  /** For a vulnerability: how it stands, and by alert who owns the file and which pull request mends it. */
  mending?: TimeToMend & {
    /** Whether there is a list of what is known to be exploited. */
    listed: boolean;
    /** `installed` is what the dependency graph has, where the alert itself does not say. */
    places: Record<string, { owners: string[]; update?: number; installed?: string }>;
    /** Of all places, also those that are not loaded: how many, and what mends each open one. Absent where all are loaded. */
    all?: { places: number; open: number; fixed?: string };
  };
  recommendations: (Recommendation & { hash: string })[];
  /** Who can approve what is open. */
  responders?: string[];
  /** By id of those that wait for an approval: until when, and who can give it. */
  waiting?: Record<string, { until: Date; approvers: string[] }>;
  /** By id of those that run on the word of one person: whose, until when, and who can give a second. */
  alone?: Record<string, { by: string; until: Date; approvers: string[] }>;
  /** By resource, `owner/name` of the repository whose readers see what it holds, though they may not read this incident. */
  shownIn?: Record<string, string>;
  tasks: Task[];
  report?: Report;
  /** What the policy in force has to say to every reader. */
  banner?: string;
  policy: Locale & { repository: string; commit: string; mode: string };
  /** What people wrote in the Notes section. */
  notes: string;
  /** Title set by people; ours is not sent while it is there. */
  titleByPeople?: string;
  mergedIntoIssue?: number;
  /** Alerts of more than one organization are taken. */
  several?: boolean;
  /** A model is to look at it, or does; its report will follow. */
  modelLooks?: boolean;
  now: Date;
}
