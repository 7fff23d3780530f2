import type { AlertEntity } from './entity.ts';
import type { Scope } from './scope.ts';

/** What a detection rule says of itself; a Sigma rule as `src/detect` reads it is one. */
export interface DetectionRule {
  /** Empty when the rule has none. */
  id: string;
  title: string;
  author?: string;
  level?: string;
  license?: string;
  description?: string;
  tags: string[];
  references: string[];
  falsepositives: string[];
  /** Where it stands in the config repository; `line` is 1-based. */
  path: string;
  line: number;
  /** True when only correlations want its matches. */
  silent: boolean;
}

/** A rule that matched an event, with the fields that made it match. */
export interface Detection {
  rule: DetectionRule;
  /** Values by the names of the rule's fields. */
  fields: Record<string, unknown>;
  /** Any field of the event, as the rule would name it; a list when it has several values. */
  value(field: string): unknown;
}

/** Matches of one event on their way into correlation rules. */
export interface MatchedEvent {
  rawId: string;
  /** Which of the record's events, from 0. */
  event: number;
  at: Date;
  matches: readonly Detection[];
  /** Asked only where a correlation counts one of the matches. */
  entities(): AlertEntity[];
  /** Where it comes from; asked as `entities` is. */
  scope(): Scope;
}

/** A correlation rule that came true. */
export interface CompletedCorrelation {
  rule: DetectionRule;
  /** The record of its last event, and how many events there are. */
  rawId: string;
  events: number;
  /** When the last happened. */
  at: Date;
  /** Longest span of its events, in seconds. */
  timespan: number;
  /** What its events have in common, by field. */
  group: Record<string, string>;
  /** What was compared with its condition, where that is no count of events. */
  value?: number;
  /** Of its events; of the first and the last when there are many. */
  entities: AlertEntity[];
  /** Where its events come from, each place once, that of the last event first. */
  scopes: Scope[];
}

/** An event as detect gets it. */
export interface EventToMatch {
  /** The source's name. */
  source: string;
  event: Record<string, unknown>;
  /** Left out when the event's own fields tell it. */
  logsource?: { category?: string; product?: string; service?: string };
  time: Date;
}
