import type { Titled } from '../domain/alert-title.ts';
import type { Entity } from '../domain/entity.ts';
import type { Verdict } from '../domain/verdict.ts';

/** Read-only questions to our own records, for tools; the investigator has no other way to the store. */
export interface Facts {
  /** Alerts of other incidents that carry an entity, newest first; `restricted` incidents more have it. */
  alertsOf(
    entity: Entity,
    options: { exceptIncident: string; limit: number },
  ): Promise<{ total: number; alerts: OtherAlert[]; restricted?: number }>;
  /** Text of closed incidents with what people decided, newest first, as far as `forIncident` may be told of them. */
  closedIncidents(limit: number, forIncident: string): Promise<ClosedIncident[]>;
  /** Raw record of an alert; undefined when it is not in the incident. */
  rawRecord(incident: string, alert: string): Promise<KeptRecord | undefined>;
}

/** An alert of another incident. */
export interface OtherAlert extends Titled {
  product: string;
  time: Date;
  issue: number | null;
  /** `owner/name` the issue stands in, when that is another one than that of the incident that asks. */
  repository?: string;
}

/** A raw record as it lies in the store. */
export interface KeptRecord {
  id: string;
  source: string;
  receivedAt: Date;
  /** Of what is stored. */
  hash: string;
  content: Buffer;
  /** Who had a text taken out of it last, and when; unset or null when nobody did. */
  redactedBy?: string | null;
  redactedAt?: Date | null;
}

export interface ClosedIncident {
  id: string;
  issue: number | null;
  /** As in `OtherAlert`. */
  repository?: string;
  title: string;
  verdict: Verdict;
  why: string;
  closedAt: Date;
  /** Titles, rules and entities in one text, for search. */
  text: string;
}
