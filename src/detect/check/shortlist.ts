import { Automaton } from '../automaton.ts';
import { fold } from '../fold.ts';
import { literalOf, run } from '../glob.ts';
import { commonness, literalsOf } from '../literals.ts';
import type { Rule } from '../rule.ts';
import type { Form, Literal } from './normal-form.ts';
import { implies } from './test-relation.ts';

/** A rule and what it asks. */
export interface Formed {
  rule: Rule;
  form: Form;
}

/** Stands for a wildcard in a text that is searched; in no literal. */
const wildcard = '\uE000';

/**
 * Finds, for a rule, the few others that may match all its events: those one of whose necessary tests follows from a test
 * the rule itself cannot do without. Which tests follow from which is found by one pass of an automaton a field.
 */
export class Shortlist {
  /** By the key of a test: the rules of which it is one of the necessary tests. */
  private readonly waiting = new Map<string, Formed[]>();
  private readonly fields = new Map<string | undefined, FieldTests>();

  constructor(rules: readonly Formed[]) {
    for (const one of rules) {
      for (const literal of witness(one.form)?.literals ?? []) {
        this.waiting.set(literal.key, [...(this.waiting.get(literal.key) ?? []), one]);
        const tests = this.fields.get(literal.field) ?? new FieldTests();
        this.fields.set(literal.field, tests);
        tests.add(literal);
      }
    }
  }

  broader(form: Form): Formed[] {
    const found = new Set<Formed>();
    for (const literal of firstFacts(form)) {
      for (const key of this.fields.get(literal.field)?.impliedBy(literal) ?? [])
        for (const one of this.waiting.get(key) ?? []) found.add(one);
    }
    return [...found];
  }
}

/** The tests of one field that some rule waits for. */
class FieldTests {
  private readonly literals = new Map<string, Literal>();
  private built: { automaton: Automaton; keys: string[]; others: Literal[] } | undefined;
  private readonly known = new Map<string, string[]>();

  add(literal: Literal): void {
    this.literals.set(literal.key, literal);
  }

  /** Keys of the tests that hold whenever a literal does. */
  impliedBy(literal: Literal): string[] {
    const known = this.known.get(literal.key);
    if (known) return known;
    this.built ??= build([...this.literals.values()]);
    const { automaton, keys, others } = this.built;
    const found = new Set<string>();
    const { test } = literal;
    if (test.is === 'text') {
      const text = test.glob.map((part) => (typeof part === 'string' ? fold(part) : wildcard)).join('');
      automaton.scan(text, (ids) => {
        for (const id of ids) found.add(keys[id] ?? '');
      });
    }
    for (const other of test.is === 'text' ? others : this.literals.values())
      if (other.key === literal.key || implies(test, other.test)) found.add(other.key);
    const implied = [...found];
    this.known.set(literal.key, implied);
    return implied;
  }
}

/** Tests that are one literal are found by an automaton, the others one by one. */
function build(literals: readonly Literal[]) {
  const plain = literals.filter(isPlain);
  const others = literals.filter((one) => !isPlain(one));
  const wanted = plain.flatMap(({ test }, id) => (literalsOf(test)?.literals ?? []).map((one) => ({ ...one, id })));
  return { automaton: new Automaton(wanted), keys: plain.map(({ key }) => key), others };
}

function isPlain({ test }: Literal): boolean {
  if (test.is !== 'text' || test.cased) return false;
  const inner = literalOf(test.glob.slice(test.glob[0] === run ? 1 : 0, test.glob.at(-1) === run ? -1 : undefined));
  return inner !== undefined && inner !== '';
}

/** Tests one of which holds whenever the form does; the rarest such set. Undefined when it may hold by what is not there. */
function witness(form: Form): { literals: Literal[]; cost: number } | undefined {
  switch (form.op) {
    case 'unknown':
      return undefined;
    case 'literal': {
      if (!form.positive || form.test.is === 'null') return undefined;
      const { literals } = literalsOf(form.test) ?? { literals: [] };
      const cost = literals.length === 0 ? 1_000 : literals.reduce((sum, one) => sum + commonness(one), 0);
      return { literals: [form], cost };
    }
    case 'and': {
      const found = form.of.map(witness).filter((one) => one !== undefined);
      return found.reduce<ReturnType<typeof witness>>(
        (best, one) => (best && best.cost <= one.cost ? best : one),
        undefined,
      );
    }
    case 'or': {
      const found = form.of.map(witness);
      if (!found.every((one) => one !== undefined)) return undefined;
      return { literals: found.flatMap((one) => one.literals), cost: found.reduce((sum, one) => sum + one.cost, 0) };
    }
  }
}

/** Literals that hold whenever the first way of each choice is taken: what follows from all ways follows from these. */
function firstFacts(form: Form): Literal[] {
  if (form.op === 'literal') return form.positive ? [form] : [];
  if (form.op === 'and') return form.of.flatMap(firstFacts);
  const [first] = form.op === 'or' ? form.of : [];
  return first ? firstFacts(first) : [];
}
