import type { CorrelationLimits } from '../../../src/detect/correlation/correlation-limits.ts';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import type { CorrelationMatch, Seen } from '../../../src/detect/correlation/seen.ts';
import type { Correlation, Rule, RuleHead } from '../../../src/detect/rule.ts';

function head(name: string): RuleHead {
  return { id: '', name, title: name, tags: [], references: [], falsepositives: [], path: `${name}.yml`, line: 1 };
}

/** A detection rule; what it looks for is of no interest here. */
export function rule(name: string): Rule {
  return { ...head(name), logsource: {}, expression: { op: 'and', of: [] }, fields: [], silent: true };
}

/** A correlation of one minute over `rules`; everything else as given. */
export function correlation(
  type: Correlation['type'],
  rules: (Rule | Correlation)[],
  more: Partial<Correlation> = {},
): Correlation {
  const shape = { type, rules, groupBy: [], timespan: 60, aliases: new Map(), condition: {}, valueFields: [] };
  return { ...head(`${type} of ${rules.map((one) => one.title).join(', ')}`), silent: false, ...shape, ...more };
}

export type Told = [rule: Rule, seconds: number, fields?: Record<string, unknown>, ref?: string];

/** A match of a rule at a second; its reference is the rule's name and the second unless given. */
export function seen([matched, seconds, fields = {}, ref]: Told): Seen<string> {
  return {
    rule: matched,
    time: seconds * 1000,
    value: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined),
    ref: ref ?? `${matched.title}${seconds}`,
  };
}

/** Every match of the whole input, in the order they came true. */
export function matches(
  correlations: Correlation[],
  told: Told[],
  limits: Partial<CorrelationLimits> = {},
): CorrelationMatch<string>[] {
  const correlator = new Correlator<string>(correlations, limits);
  return [...told.flatMap((one) => correlator.add(seen(one))), ...correlator.finish()];
}

/** The references of every match, each match as one text. */
export function refsOf(correlations: Correlation[], told: Told[], limits: Partial<CorrelationLimits> = {}): string[] {
  return matches(correlations, told, limits).map((match) => match.refs.join(' '));
}
