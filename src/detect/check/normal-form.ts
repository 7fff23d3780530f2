import type { Expression, Test } from '../expression.ts';
import { testKey } from '../test-key.ts';

/** One test of one field, or its negation. */
export interface Literal {
  op: 'literal';
  /** The same for the same question, whatever the answer wanted. */
  key: string;
  field: string | undefined;
  test: Test;
  positive: boolean;
}

/**
 * An expression with `not` only before tests and nothing of selections. `unknown` stands for a part too large to write
 * out: nothing follows from it, and it follows from nothing.
 */
export type Form = { op: 'and' | 'or'; of: Form[] } | Literal | { op: 'unknown' };

/** Most ways to choose N of a list of selections that are written out. */
const mostChoices = 200;

/** The normal form of an expression; `exists: false` becomes the negation of `exists: true`. */
export function normalForm(expression: Expression, positive = true): Form {
  switch (expression.op) {
    case 'selection':
      return normalForm(expression.of, positive);
    case 'not':
      return normalForm(expression.of, !positive);
    case 'test':
      return literal(expression.field, expression.test, positive);
    case 'least': {
      const { count, of } = expression;
      const forms = of.map((one) => normalForm(one, positive));
      return least(positive ? count : of.length - count + 1, forms);
    }
    default: {
      const op = (expression.op === 'and') === positive ? 'and' : 'or';
      return joined(
        op,
        expression.of.map((one) => normalForm(one, positive)),
      );
    }
  }
}

function literal(field: string | undefined, given: Test, wanted: boolean): Literal {
  const absent = given.is === 'exists' && !given.present;
  const test: Test = absent ? { is: 'exists', present: true } : given;
  return { op: 'literal', key: `${field ?? ''}\0${testKey(test)}`, field, test, positive: wanted !== absent };
}

/** Parts of the same kind are put into one list. */
function joined(op: 'and' | 'or', of: Form[]): Form {
  const flat = of.flatMap((one) => (one.op === op ? one.of : [one]));
  const [only] = flat;
  return only && flat.length === 1 ? only : { op, of: flat };
}

function least(count: number, of: Form[]): Form {
  let chosen: Form[][] = [[]];
  // Each list holds what is chosen so far, of the forms before.
  for (const [k, form] of of.entries()) {
    const left = of.length - k - 1;
    chosen = chosen.flatMap((list) => {
      const grown = list.length < count ? [[...list, form]] : [];
      return list.length + left >= count ? [list, ...grown] : grown;
    });
    if (chosen.length > mostChoices) return { op: 'unknown' };
  }
  return joined(
    'or',
    chosen.map((list) => joined('and', list)),
  );
}
