import { passes } from './evaluate-test.ts';
import { type Expression, linked, type Test } from './expression.ts';
import type { FieldPaths } from './field-paths.ts';
import { fold } from './fold.ts';
import { literalOf, readGlob } from './glob.ts';
import type { Transformation } from './processing-pipeline.ts';
import { contains } from './read-filter.ts';
import type { Logsource, Rule } from './rule.ts';

/** A rule as a pipeline turned it. */
export interface Transformed {
  logsource: Logsource;
  expression: Expression;
  /** Native paths of fields the pipeline renames; every one of several counts. */
  names: Map<string, string[]>;
}

/** The transformations that are for a rule, in their order. Placeholders were filled when the rule was read. */
export function transform(rule: Rule, transformations: readonly Transformation[]): Transformed {
  let { logsource, expression } = rule;
  const names = new Map<string, string[]>();
  for (const one of transformations) {
    if (one.when.length > 0 && !one.when.some((wanted) => contains(logsource, wanted))) continue;
    switch (one.type) {
      case 'field_name_mapping':
        for (const [field, paths] of Object.entries(one.mapping)) if (!names.has(field)) names.set(field, paths);
        break;
      case 'field_name_prefix':
        for (const field of fieldsOf(expression)) {
          if (!names.has(field)) names.set(field, [`${one.prefix}${field}`]);
        }
        break;
      case 'change_logsource':
        logsource = one.logsource;
        break;
      case 'add_condition':
        expression = linked('and', [expression, ...Object.entries(one.conditions).map(conditionOf)]);
        break;
      case 'hashes_fields':
        expression = splitHashes(expression, one);
        break;
      case 'value_placeholders':
        break;
    }
  }
  return { logsource, expression, names };
}

/** The expression with the tests of fields that are always the same answered. */
export function withConstants(expression: Expression, constants: Readonly<Record<string, string>>): Expression {
  if (Object.keys(constants).length === 0) return expression;
  return mapTests(expression, (one) => {
    const { field } = one;
    if (field === undefined || !Object.hasOwn(constants, field) || one.test.is === 'field') return one;
    // Nothing to hold is always true, nothing to choose from never.
    return { op: passes(one.test, [constants[field]], () => undefined) ? 'and' : 'or', of: [] };
  });
}

function conditionOf([field, values]: [string, string[]]): Expression {
  const test = (value: string): Expression => ({
    op: 'test',
    field,
    test: { is: 'text', glob: readGlob(value), cased: false },
  });
  return linked('or', values.map(test));
}

/** Every field an expression reads. */
function fieldsOf(expression: Expression): Set<string> {
  const fields = new Set<string>();
  const visit = (one: Expression): void => {
    if (one.op === 'test') {
      if (one.field !== undefined) fields.add(one.field);
      if (one.test.is === 'field') fields.add(one.test.name);
    } else if (one.op === 'not' || one.op === 'selection') visit(one.of);
    else for (const inner of one.of) visit(inner);
  };
  visit(expression);
  return fields;
}

/** `Hashes|contains: SHA1=…` becomes a field of its own for products that keep each hash apart. */
function splitHashes(
  expression: Expression,
  { prefix, algorithms }: { prefix: string; algorithms: string[] },
): Expression {
  return mapTests(expression, (one) => {
    if (one.field !== 'Hashes' || one.test.is !== 'text') return one;
    const [, algorithm = '', value = ''] = /^([A-Za-z0-9]+)=(.+)$/.exec(plainText(one.test) ?? '') ?? [];
    const known = algorithms.find((name) => fold(name) === fold(algorithm));
    if (known === undefined) return one;
    return { op: 'test', field: `${prefix}${known}`, test: { is: 'text', glob: [value], cased: one.test.cased } };
  });
}

function plainText(test: Extract<Test, { is: 'text' }>): string | undefined {
  return literalOf(test.glob.filter((part) => part !== 2));
}

function mapTests(
  expression: Expression,
  change: (test: Extract<Expression, { op: 'test' }>) => Expression,
): Expression {
  if (expression.op === 'test') return change(expression);
  if (expression.op === 'not' || expression.op === 'selection')
    return { ...expression, of: mapTests(expression.of, change) };
  return { ...expression, of: expression.of.map((one) => mapTests(one, change)) };
}

/** Where a field of a rule may be in an event of a pipeline. */
export function pathsOf(
  field: string,
  pipeline: { roots: readonly string[]; fields: Readonly<Record<string, string[]>> },
  names?: ReadonlyMap<string, string[]>,
): FieldPaths {
  const under = (path: string) => pipeline.roots.map((root) => (root === '' ? path : `${root}.${path}`));
  const renamed = names?.get(field);
  if (renamed) {
    // The names a mapping gives are looked up like any other, each below every root.
    const groups = renamed.map((name) => [...own(name, pipeline.fields), ...under(name)]);
    const deepest = Math.max(...groups.map((group) => group.length));
    return Array.from({ length: deepest }, (_, k) => groups.flatMap((group) => group[k] ?? []));
  }
  return [...own(field, pipeline.fields), ...under(field)].map((path) => [path]);
}

function own(field: string, fields: Readonly<Record<string, string[]>>): string[] {
  return Object.hasOwn(fields, field) ? (fields[field] ?? []) : [];
}
