import { clash, type Reading } from './clash.ts';
import type { Form, Literal } from './normal-form.ts';

/** Two demands of one expression that no event meets both. */
export interface Contradiction {
  a: Literal;
  b: Literal;
}

/** Steps one expression may cost; what is not found by then is not told. */
const mostSteps = 200_000;
/** How deep a choice inside a choice is looked into. */
const deepest = 4;

/**
 * Why no event can match an expression; undefined when one may. What must hold is collected; a choice none of whose parts
 * agrees with that is a contradiction, one of whose parts only one agrees must hold too, until nothing new comes.
 */
export function contradiction(form: Form, reading: Reading, budget: StepBudget): Contradiction | undefined {
  const search = new Search(reading, Math.min(mostSteps, budget.left));
  const found = search.ofAll([form], [], 0);
  budget.left -= search.steps;
  return found;
}

/** Steps that are left for all rules of a set. */
export interface StepBudget {
  left: number;
}

class Search {
  steps = 0;
  private readonly reading: Reading;
  private readonly most: number;

  constructor(reading: Reading, most: number) {
    this.reading = reading;
    this.most = most;
  }

  /** `known` are literals that do not clash with each other. */
  ofAll(forms: readonly Form[], known: readonly Literal[], depth: number): Contradiction | undefined {
    const held = byField(known);
    let choices: Form[][] = [];
    const add = (form: Form): Contradiction | undefined => {
      if (form.op === 'unknown') return undefined;
      if (form.op === 'or') {
        choices.push(form.of);
        return undefined;
      }
      if (form.op === 'literal') return this.hold(form, held);
      return first(form.of, add);
    };
    const found = first(forms, add);
    if (found || depth >= deepest) return found;
    for (let changed = true; changed && this.steps < this.most; ) {
      changed = false;
      const before = choices;
      choices = [];
      for (const parts of before) {
        const left = this.left(parts, [...held.values()].flat(), depth);
        if (!Array.isArray(left)) return left;
        const [only] = left;
        if (only && left.length === 1) {
          const clashed = add(only);
          if (clashed) return clashed;
          changed = true;
        } else choices.push(left);
      }
    }
    return undefined;
  }

  /** The parts of a choice that agree with what is known, or why none does. */
  private left(parts: readonly Form[], known: readonly Literal[], depth: number): Form[] | Contradiction {
    let why: Contradiction | undefined;
    const left = parts.filter((part) => {
      const found = this.ofAll([part], known, depth + 1);
      why ??= found;
      return found === undefined;
    });
    return left.length === 0 && why ? why : left;
  }

  private hold(literal: Literal, held: Map<string | undefined, Literal[]>): Contradiction | undefined {
    const others = held.get(literal.field) ?? [];
    this.steps += others.length + 1;
    if (this.steps > this.most) return undefined;
    const other = others.find((one) => clash(one, literal, this.reading));
    if (other) return { a: other, b: literal };
    others.push(literal);
    held.set(literal.field, others);
    return undefined;
  }
}

function byField(literals: readonly Literal[]): Map<string | undefined, Literal[]> {
  const fields = new Map<string | undefined, Literal[]>();
  for (const literal of literals) {
    const same = fields.get(literal.field);
    if (same) same.push(literal);
    else fields.set(literal.field, [literal]);
  }
  return fields;
}

function first<T, R>(list: readonly T[], of: (one: T) => R | undefined): R | undefined {
  for (const one of list) {
    const found = of(one);
    if (found !== undefined) return found;
  }
  return undefined;
}
