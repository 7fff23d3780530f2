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
