import type { AlertKind } from './alert.ts';
import type { Titled } from './alert-title.ts';
import type { Entity } from './entity.ts';
import type { Standing } from './quiet.ts';
import type { Severity } from './severity.ts';

/** How long something has been open, in whole days at the beginning of today: below so many, or longer than all. */
export const ageBounds = [7, 30, 90, 365] as const;

/** An incident without an issue of its own, as a list shows it. `number` is what `/adopt` takes. */
export interface ListedIncident extends Titled {
  number: string;
  kind: AlertKind;
  /** Exploited and exposed. */
  pressing: boolean;
  severity: Severity;
  product: string;
  /** The repository, host or other thing it is about, when there is one. */
  place?: string;
  since: Date;
}

/** What was open already when its source was connected, counted in alerts. */
export interface Inventory {
  total: number;
  /** Over by now, say their sources. */
  settled: number;
  severities: { severity: Severity; count: number }[];
  kinds: { kind: AlertKind; count: number }[];
  /** `below`: the bound of `ageBounds`; undefined: older than all. */
  ages: { below: number | undefined; count: number }[];
  /** Repositories, or products where there is none; the most severe first. */
  places: { name: string; counts: Partial<Record<Severity, number>>; oldest: Date }[];
  placesTotal: number;
  /** The most severe incidents, the oldest first. */
  incidents: ListedIncident[];
  incidentsTotal: number;
}

/** What stood in one day's digest. */
export interface Digest {
  /** Severe enough for an issue, but the day's were used up; the most severe first. */
  held: ListedIncident[];
  heldCounts: { severity: Severity; count: number }[];
  /** The rest, by rule. */
  groups: (Titled & {
    product: string;
    severity: Severity;
    incidents: number;
    alerts: number;
    numbers: string[];
  })[];
  groupsTotal: number;
  lowTotal: number;
  /** Over by now, say their sources. */
  settled: number;
  /** Have an issue by now. */
  opened: { number: string; issue: number | undefined }[];
  openedTotal: number;
}

/** An incident as a digest tells it in `mode: observe`: it has an issue, or would have had a word of its own. */
export interface ObservedIncident extends Titled {
  number: string;
  issue: number | undefined;
  /** `digest`: it is critical and was held back. */
  stands: Standing;
  kind: AlertKind;
  /** Exploited and exposed. */
  pressing: boolean;
  severity: Severity;
  /** Policy says that nothing has to be done. */
  nothing: boolean;
  proposed: { action: string; target: Entity; rule: string }[];
}
