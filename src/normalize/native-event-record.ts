import type { AlertEntity } from '../domain/entity.ts';
import type { OcsfFinding } from './ocsf/types.ts';

/** What a source reads out of an event for people and for correlation, once a rule has matched it. */
export interface EventFacts {
  /** Typed fields of the event, the place first. */
  entities: AlertEntity[];
  /** Two to five fields worth reading first. Untrusted text. */
  quoted: readonly (readonly [name: string, value: unknown])[];
  /** Attributes of the OCSF finding, such as `evidences`. */
  attributes?: Partial<OcsfFinding>;
}

/** An event as its product wrote it: what Sigma rules are evaluated on. */
export interface NativeEventRecord {
  /** The native fields, by the names rules speak of. */
  event: Record<string, unknown>;
  /** Of what log source it is, where the source knows that better than the event's fields tell. */
  logsource?: { category?: string; product?: string; service?: string };
  time: Date;
  /** Equal for the records that one event of the product is written in; see `join`. */
  partOf?: string;
  /** Asked only of events that a rule matched: nearly all match none. `parts`: all with its `partOf`, itself included. */
  facts(parts?: readonly NativeEventRecord[]): EventFacts;
}
