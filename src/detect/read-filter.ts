import type { Placeholders } from './alternatives.ts';
import type { Expression } from './expression.ts';
import { readDetection, readLogsource } from './read-detection.ts';
import { type Fault, type Fields, isFields, texts } from './read-head.ts';
import type { Logsource, Rule, RuleHead, RuleProblem, RuleWarning } from './rule.ts';
import { RuleBudget, type RuleWeight, ruleLimits, weightOf } from './rule-weight.ts';
import type { YamlDocument } from './yaml-documents.ts';

/** A filter: what is added to the condition of the rules it names. */
export interface Filter {
  head: RuleHead;
  logsource: Logsource;
  /** Ids or names; `any` is every rule of the log source, as pySigma reads it. */
  rules: string[];
  expression: Expression;
  missing: string[];
  weight: RuleWeight;
  document: YamlDocument;
}

/** Reads a filter document (filters specification); faults are added to `faults`. */
export function readFilter(
  fields: Fields,
  head: RuleHead,
  placeholders: Placeholders,
  faults: Fault[],
): Omit<Filter, 'document'> {
  const section = isFields(fields.filter) ? fields.filter : {};
  const rules = texts(section, 'rules', faults);
  if (rules.length === 0) faults.push({ path: ['filter', 'rules'], message: 'A filter names the rules it is for.' });
  const read = readDetection(fields.filter, 'filter', placeholders, ['rules']);
  faults.push(...read.faults);
  const expression = read.expression ?? { op: 'and', of: [] };
  return {
    head,
    logsource: readLogsource(fields, faults),
    rules,
    expression,
    missing: read.missing,
    weight: read.weight,
  };
}

interface Reading {
  rules: Rule[];
  filters: Filter[];
  problems: RuleProblem[];
  warnings: RuleWarning[];
  budget: RuleBudget;
}

/**
 * Adds each filter's condition to its rules with and, as pySigma does. The specification's own example writes the
 * selection of what to suppress without `not`, which read this way leaves only that: such a filter is warned of.
 */
export function applyFilters(reading: Reading): void {
  const byName = new Map<string, Rule[]>();
  for (const rule of reading.rules) {
    for (const key of new Set([rule.id, rule.name ?? ''])) {
      const alike = byName.get(key);
      if (key !== '' && alike) alike.push(rule);
      else if (key !== '') byName.set(key, [rule]);
    }
  }
  const filtered = new Map<Rule, Filtered>();
  for (const filter of reading.filters) {
    const { head, document } = filter;
    const at = { path: head.path, line: document.lineOf(['filter']), ruleId: head.id };
    if (!hasNot(filter.expression)) {
      const message =
        'The condition of this filter has no "not": its rules match only where it holds. To suppress what it describes, write "not selection".';
      reading.warnings.push({ ...at, message });
    }
    const named = filter.rules.flatMap((name) => (name === 'any' ? reading.rules : (byName.get(name) ?? [])));
    const unknown = filter.rules.filter((name) => name !== 'any' && !byName.has(name));
    if (unknown.length > 0) {
      const reason = `The filter names rules that are not there: ${unknown.join(', ')}.`;
      reading.problems.push({ ...at, state: 'error', reason });
    }
    for (const rule of new Set(named)) {
      if (!contains(rule.logsource, filter.logsource)) {
        if (!filter.rules.includes('any')) {
          const message = `The filter is for another log source than "${rule.title}", which it names, and does nothing there.`;
          reading.warnings.push({ ...at, message });
        }
        continue;
      }
      const one = filtered.get(rule) ?? newFiltered(rule);
      filtered.set(rule, one);
      const much = one.budget.take(filter.weight) ?? reading.budget.take(filter.weight);
      if (much) {
        const reason = `With this filter the rule "${rule.title}", or all rules together, come to ${much}.`;
        reading.problems.push({ ...at, state: 'error', reason });
        break;
      }
      one.of.push(filter.expression);
    }
  }
  for (const [rule, { of }] of filtered) rule.expression = { op: 'and', of };
}

/** A rule, and behind it the filters it got. */
interface Filtered {
  of: Expression[];
  budget: RuleBudget;
}

function newFiltered({ expression }: Rule): Filtered {
  const budget = new RuleBudget(ruleLimits.one);
  budget.take(weightOf(expression));
  return { of: [expression], budget };
}

function hasNot(expression: Expression): boolean {
  if (expression.op === 'not') return true;
  if (expression.op === 'test') return false;
  return expression.op === 'selection' ? hasNot(expression.of) : expression.of.some(hasNot);
}

/** Whether every attribute that `wanted` gives is that of `logsource`. */
export function contains(logsource: Logsource, wanted: Logsource): boolean {
  const { category, product, service } = wanted;
  return (
    (category === undefined || category === logsource.category) &&
    (product === undefined || product === logsource.product) &&
    (service === undefined || service === logsource.service)
  );
}
