import type { Correlation, Rule } from '../rule.ts';

/**
 * Everything that decides what a correlation remembers, as one text: state taken under another definition is of no use.
 * Rules are known by id, else by name and place; that a rule looks for something else now does not matter here.
 */
export function definitionOf(correlation: Correlation): string {
  const { type, groupBy, timespan, condition, valueFields, percentile } = correlation;
  const aliases = [...correlation.aliases].map(([alias, fields]) => [
    alias,
    [...fields].map(([rule, field]) => [keyOf(rule), field]),
  ]);
  const rules = correlation.rules.map(keyOf);
  return JSON.stringify([
    keyOf(correlation),
    type,
    rules,
    groupBy,
    timespan,
    condition,
    valueFields,
    percentile,
    aliases,
  ]);
}

function keyOf(rule: Rule | Correlation): string {
  return rule.id === '' ? `${rule.name ?? rule.title} ${rule.path}:${rule.line}` : rule.id;
}
