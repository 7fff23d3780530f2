import type { Expression, Test } from './expression.ts';

/**
 * How much one rule may ask, and all rules of a set together. `values` are counted once their modifiers are applied, and
 * wherever the condition names them; `weight` is about what they cost in memory. The largest rule of SigmaHQ has 4,432
 * values, all of its rules 47,296.
 */
export const ruleLimits = {
  one: { values: 20_000, weight: 2_000_000 },
  all: { values: 500_000, weight: 16_000_000 },
} as const;

/** What a value weighs beside its characters, and a step of a regular expression. */
const valueWeight = 16;
const stepWeight = 16;

export interface RuleWeight {
  values: number;
  weight: number;
}

/** What an expression asks in all. */
export function weightOf(expression: Expression): RuleWeight {
  if (expression.op === 'test') return { values: 1, weight: valueWeight + sizeOf(expression.test) };
  if (expression.op === 'not' || expression.op === 'selection') return weightOf(expression.of);
  const sum = { values: 0, weight: 0 };
  for (const one of expression.of) add(sum, weightOf(one));
  return sum;
}

function sizeOf(test: Test): number {
  if (test.is === 'regex') return stepWeight * test.regex.steps;
  if (test.is !== 'text') return 0;
  return test.glob.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 1), 0);
}

function add(sum: RuleWeight, { values, weight }: RuleWeight): void {
  sum.values += values;
  sum.weight += weight;
}

/** What may still be asked, of one rule or of all. */
export class RuleBudget {
  readonly spent: RuleWeight = { values: 0, weight: 0 };
  private readonly limit: RuleWeight;
  private readonly known = new Map<Expression, RuleWeight>();

  constructor(limit: RuleWeight) {
    this.limit = limit;
  }

  /** Why it is too much, as the end of a sentence; undefined when it is not. The same expression is weighed once. */
  spend(expression: Expression): string | undefined {
    const weight = this.known.get(expression) ?? weightOf(expression);
    this.known.set(expression, weight);
    return this.take(weight);
  }

  take(weight: RuleWeight): string | undefined {
    add(this.spent, weight);
    return this.over;
  }

  get over(): string | undefined {
    const { values, weight } = this.limit;
    if (this.spent.values > values) return `more than ${values} values (what modifiers make of one counts, too)`;
    if (this.spent.weight > weight)
      return `a weight of more than ${weight} (a character weighs 1, a value or a step of a regular expression ${valueWeight})`;
    return undefined;
  }
}
