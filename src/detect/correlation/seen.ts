import type { Correlation, Rule } from '../rule.ts';

/** One match of a rule, as the correlator wants to be told of it. */
export interface Seen<Ref> {
  rule: Rule | Correlation;
  /** When the event happened, in milliseconds; not when it arrived. */
  time: number;
  /** A field of the native event; an array stands for each of its elements, undefined and null for none. */
  value(field: string): unknown;
  /** What the caller knows the event by: a text, a number or plain data. Equal text or data is the same event. */
  ref: Ref;
}

/** A correlation that came true. */
export interface CorrelationMatch<Ref> {
  rule: Correlation;
  /** The last event's time, in milliseconds. */
  time: number;
  /** The events it is made of, in time order, each once; those of a chain are the events at its bottom. */
  refs: Ref[];
  /** The values of `group-by`; of a `value_percentile` without a rank also the rare value itself. */
  group: Record<string, string>;
  /** What was compared with the condition: a count, a sum, an average, a percentile, a share in per cent. */
  value?: number;
}
