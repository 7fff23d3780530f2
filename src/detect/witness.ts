import type { Expression, Test } from './expression.ts';
import { fold } from './fold.ts';
import { commonness, literalsOf } from './literals.ts';

export type Asked = Extract<Expression, { op: 'test' }>;

/** Tests one of which passes, or may, whenever an expression holds. */
export interface Witness {
  tests: Asked[];
  /** About how often one of them does. */
  cost: number;
}

/**
 * The rarest witness of an expression; undefined when it may hold by what an event does not have. `asking` tells how many
 * rules ask the same, at least 1.
 */
export function witness(expression: Expression, asking: (asked: Asked) => number): Witness | undefined {
  switch (expression.op) {
    case 'selection':
      return witness(expression.of, asking);
    case 'not':
      return undefined;
    case 'and': {
      let best: Witness | undefined;
      for (const inner of expression.of) {
        const one = witness(inner, asking);
        if (one && (!best || one.cost < best.cost)) best = one;
      }
      return best;
    }
    case 'or':
    case 'least': {
      const tests: Asked[] = [];
      let cost = 0;
      for (const inner of expression.of) {
        const one = witness(inner, asking);
        if (!one) return undefined;
        for (const asked of one.tests) tests.push(asked);
        cost += one.cost;
      }
      return { tests, cost };
    }
    case 'test': {
      const { test, field } = expression;
      const indexed = literalsOf(test);
      if (indexed) {
        const cost = indexed.literals.reduce((sum, one) => sum + commonness(one), 0);
        return { tests: [expression], cost: cost * asking(expression) };
      }
      // What the index cannot find still needs its field to be there.
      return field !== undefined && !holdsWithout(test) ? { tests: [expression], cost: 1_000 } : undefined;
    }
  }
}

/** Counts, for some rules, how many ask for the same end of a value: what many look for is in many events. */
export function asking(expressions: Iterable<Expression>): (asked: Asked) => number {
  const counts = new Map<string, number>();
  const visit = (one: Expression): void => {
    if (one.op === 'test') {
      const key = endOf(one);
      if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
    } else if (one.op === 'selection') visit(one.of);
    else if (one.op !== 'not') for (const inner of one.of) visit(inner);
  };
  for (const one of expressions) visit(one);
  return (asked) => counts.get(endOf(asked) ?? '') ?? 1;
}

/** The field and the end of its value that a test asks for. */
function endOf({ field, test }: Asked): string | undefined {
  const end = test.is === 'text' ? test.glob.at(-1) : undefined;
  return typeof end === 'string' ? `${field} ${fold(end)}` : undefined;
}

/** Whether an event may pass that does not have the field. */
function holdsWithout(test: Test): boolean {
  return test.is === 'null' || (test.is === 'exists' && !test.present);
}
