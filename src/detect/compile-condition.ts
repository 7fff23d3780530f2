import type { EventValues, View } from './event-values.ts';
import type { Expression, Test } from './expression.ts';
import { anyText, textMatcher } from './text-matcher.ts';
import type { Asked } from './witness.ts';

/** Whether a rule holds for the event read last. */
export type Condition = () => boolean;

/** What the index knows of a test beforehand; undefined where it does not look for it. */
export type Foreseen = (slot: number, test: Test) => { found: Condition; whole: boolean } | undefined;

/** Compiles a rule's expression, so that a rule looked at again asks only what the index has not found out. */
export function compileCondition(
  expression: Expression,
  view: View,
  values: EventValues,
  foreseen: Foreseen,
): Condition {
  const compile = (one: Expression): Condition => compileCondition(one, view, values, foreseen);
  switch (expression.op) {
    case 'selection':
      return compile(expression.of);
    case 'not': {
      const of = compile(expression.of);
      return () => !of();
    }
    case 'test':
      return compileTest(expression, view, values, foreseen);
    case 'and':
      return every(expression.of.map(compile));
    case 'or':
      return compileTexts(expression.of, view, values) ?? some(expression.of.map(compile));
    case 'least': {
      const of = expression.of.map(compile);
      return () => of.filter((one) => one()).length >= expression.count;
    }
  }
}

function compileTest({ field, test }: Asked, view: View, values: EventValues, foreseen: Foreseen): Condition {
  const slot = values.slotOf(view, field);
  const known = foreseen(slot, test);
  if (known?.whole) return known.found;
  const matcher = textMatcher(test);
  const ask: Condition = matcher ? () => values.textPasses(slot, matcher) : () => values.valuePasses(slot, test, view);
  if (!known) return ask;
  const { found } = known;
  return () => found() && ask();
}

/** A list of texts of one field, by far the most usual choice, asked in one go. */
function compileTexts(of: readonly Expression[], view: View, values: EventValues): Condition | undefined {
  const [first] = of;
  if (first?.op !== 'test') return undefined;
  const alike = of.filter((one): one is Asked => one.op === 'test' && one.field === first.field);
  const any = alike.length === of.length ? anyText(alike.map(({ test }) => test)) : undefined;
  if (!any) return undefined;
  const slot = values.slotOf(view, first.field);
  return () => values.textPasses(slot, any);
}

function every(of: Condition[]): Condition {
  const [a, b] = of;
  if (a && b && of.length === 2) return () => a() && b();
  return () => {
    for (const one of of) if (!one()) return false;
    return true;
  };
}

function some(of: Condition[]): Condition {
  return () => {
    for (const one of of) if (one()) return true;
    return false;
  };
}
