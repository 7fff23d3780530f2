import type { Expression } from './expression.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** A log source as rules name it; what is left out is any. */
export interface Logsource {
  category?: string;
  product?: string;
  service?: string;
}

/** Severity levels of the specification, lowest first. */
export const levels = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Level = (typeof levels)[number];

/** What every Sigma document says of itself. */
export interface RuleHead {
  /** Empty when the document has none. */
  id: string;
  name?: string;
  title: string;
  author?: string;
  level?: Level;
  status?: string;
  license?: string;
  description?: string;
  tags: string[];
  references: string[];
  falsepositives: string[];
  /** As given to `readRules`, and the 1-based line the document begins at. */
  path: string;
  line: number;
}

/** A detection rule, ready to be compiled. */
export interface Rule extends RuleHead {
  logsource: Logsource;
  expression: Expression;
  /** Fields a reader should see (`fields`), beside what matched. */
  fields: string[];
  /** True when only correlations want its matches (a correlation names it and does not say `generate`). */
  silent: boolean;
}

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] as const;
export type CorrelationType = (typeof correlationTypes)[number];

/** Bounds on what a correlation counts; all that are given must hold. */
export type CountCondition = { [op in 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq']?: number };

/** A correlation rule with its references resolved. */
export interface Correlation extends RuleHead {
  type: CorrelationType;
  /** The rules and correlations it names, in its order; each is in the same rule set. */
  rules: (Rule | Correlation)[];
  groupBy: string[];
  /** Seconds. */
  timespan: number;
  /** alias → the reference as the correlation writes it (name or id) → field; see `aliasOf`. */
  aliases: Map<string, Map<Rule | Correlation, string>>;
  condition: CountCondition;
  /** `condition.field`: fields whose values are counted, summed …; several count as one tuple. */
  valueFields: string[];
  /** `condition.percentile`, a rank from 0 to 100, as pySigma reads it beside the specification. */
  percentile?: number;
  silent: boolean;
}

/** What keeps a document from working: an error, or a rule that is switched off until something is supplied. */
export interface RuleProblem {
  path: string;
  /** 1-based. */
  line: number;
  /** Empty when the document has none. */
  ruleId: string;
  state: 'error' | 'off';
  reason: string;
}

/** Worth telling, but nothing is switched off. */
export interface RuleWarning {
  path: string;
  line: number;
  ruleId: string;
  message: string;
}

export interface RuleSet {
  rules: Rule[];
  correlations: Correlation[];
  problems: RuleProblem[];
  warnings: RuleWarning[];
  /** As written: what each rule, correlation and filter that can be used was read from. */
  documents: ReadonlyMap<RuleHead, YamlDocument>;
}

/** A native event: an object as its product wrote it. */
export type NativeEvent = Record<string, unknown>;
