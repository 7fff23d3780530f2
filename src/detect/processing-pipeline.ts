import type { Logsource } from './rule.ts';

/**
 * Conditions on an event: a field (dotted path) and the values it may have, compared as Sigma compares (case-insensitive,
 * `*` and `?`); `'*'` means present. All must hold.
 */
export type EventCondition = Record<string, string[]>;

/** The transformations a pipeline may make of a rule, by the names pySigma's pipelines use. */
export type Transformation = { when: Logsource[] } & (
  | { type: 'field_name_mapping'; mapping: Record<string, string[]> }
  | { type: 'field_name_prefix'; prefix: string }
  | { type: 'change_logsource'; logsource: Logsource }
  | { type: 'add_condition'; conditions: Record<string, string[]> }
  | { type: 'hashes_fields'; prefix: string; algorithms: string[] }
  | { type: 'value_placeholders'; values: Record<string, string[]> }
);

/** One log source that an event can be of, and how rules are read for it. */
export interface PipelineSource {
  when: EventCondition;
  logsource: Logsource;
  transformations: Transformation[];
  /** Fields that read as one value for these events, because the log source says so and the event does not. */
  constants: Record<string, string>;
}

/** How the events of one product are known, where their fields are, and what log sources they are of. */
export interface Pipeline {
  name: string;
  /** Lower runs first; the first pipeline that recognizes an event reads it. */
  priority: number;
  /** Any of these holds for an event of this pipeline. */
  recognize: EventCondition[];
  /** Paths below which fields are looked for, in this order; `''` is the event itself, a `*` segment any key. */
  roots: string[];
  /** Native paths of fields that do not lie below a root under their own name; the first present wins. */
  fields: Record<string, string[]>;
  /** Paths of texts that hold JSON and are read as what they hold. */
  json: string[];
  /** Paths of lists of names and values that are read as one object; `name` and `value` are the keys of an element. */
  pairs: { path: string; name: string; value: string }[];
  /** Paths of objects in whose texts each backslash is written twice; they are read with one. */
  doubled: string[];
  /** Where the time of an event is; the first that reads as a time wins. */
  time: string[];
  sources: PipelineSource[];
  transformations: Transformation[];
}
