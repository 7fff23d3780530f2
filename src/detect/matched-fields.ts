import { passes } from './evaluate-test.ts';
import type { Expression } from './expression.ts';
import type { Plan, PlannedRule } from './plan.ts';

/**
 * The fields whose tests a matched rule owes its match to, with their values in the event: those that passed where the
 * condition wants them to pass.
 */
export function matchedFields<T>({ expression, view }: PlannedRule<T>, plan: Plan<T>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const visit = (one: Expression): void => {
    if (one.op === 'selection') visit(one.of);
    else if (one.op === 'test') note(one);
    else if (one.op !== 'not') for (const inner of one.of) visit(inner);
  };
  const note = (one: Extract<Expression, { op: 'test' }>): void => {
    if (!plan.passed(view, one)) return;
    const name = one.field ?? 'keywords';
    if (Object.hasOwn(fields, name)) return;
    const values = plan.valuesOf(view, one.field) ?? [null];
    fields[name] = one.field === undefined ? found(one, values) : values.length === 1 ? values[0] : values;
  };
  visit(expression);
  return fields;
}

/** Of all values of an event the first that a keyword is in. */
function found(one: Extract<Expression, { op: 'test' }>, values: readonly unknown[]): unknown {
  const { test } = one;
  const value = values.find((candidate) => candidate !== null && passes(test, [candidate], () => undefined));
  return typeof value === 'string' && value.length > 500 ? `${value.slice(0, 500)}…` : value;
}
