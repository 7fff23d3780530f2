import type { Origin } from './policy.ts';
import type { Severity } from './severity.ts';

/** When somebody works, by the clock where they are. */
export interface Hours {
  /** Days of the week, Sunday is 0. */
  days: number[];
  /** Minutes since midnight; `to` at or before `from` is on the day after. */
  from: number;
  to: number;
}

/** Somebody of the organization whom Yagura may turn to. */
export interface Person {
  /** In lower case. */
  login: string;
  name: string;
  timeZone?: string;
  hours?: Hours;
  origin: Origin;
}

/** Somebody's place in the rotation. */
export interface Turn {
  login: string;
  origin: Origin;
}

/** A time, its end not included, for which somebody is on call in place of the rotation. */
export interface Override extends Turn {
  from: Date;
  to: Date;
  because?: string;
}

/** A time, its end not included, in which somebody cannot be on call, and who stands in; else the next in turn. */
export interface Absence extends Turn {
  from: Date;
  to: Date;
  substitute?: string;
}

/** Who is on call when: a week each, in turn, by the clock of one time zone. */
export interface Rota {
  timeZone: string;
  /** When the first week begins, as a wall time (zoned-time.ts). */
  start: number;
  rotation: Turn[];
  overrides: Override[];
  away: Absence[];
  origin: Origin;
}

/** From which severity up somebody on call is asked, and for how long before the next is. */
export interface OnCallPolicy {
  severity: Severity;
  /** Seconds. */
  takeWithin: number;
  rota?: Rota;
}
