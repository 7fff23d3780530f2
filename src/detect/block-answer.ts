/** What the lines of a block came to: plain data, so that it crosses threads. Lines are counted from 0, without empty ones. */
export interface BlockAnswer {
  lines: number;
  /** The events that rules match, in order. */
  events: BlockEvent[];
  /** Lines that hold no event that is recognized as it is, in order: whoever asked looks at them. */
  left: { line: number; text: string }[];
}

export interface BlockEvent {
  line: number;
  /** Milliseconds since 1970; only where a correlation counts the event, and where the event has one. */
  time?: number;
  matches: BlockMatch[];
}

export interface BlockMatch {
  /** Index of the rule in its set. */
  rule: number;
  /** JSON of what matched; left out of a silent rule. */
  fields?: string;
  /** What correlations ask of the event; left out when none counts the rule. */
  values?: ReadonlyMap<string, unknown>;
}
