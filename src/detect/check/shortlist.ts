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

/** Stand for a wildcard, the start and the end of a text that is searched; no rule writes them. */
const wildcard = '\uE000';
const edge = '\uE001';

/**
 * Finds, for a rule, the few others that may match all its events: those one of whose necessary tests follows from a test
 * the rule itself cannot do without. Which tests follow from which is found by a trie a field.
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
  private readonly trie: TrieNode = { next: new Map(), keys: [] };
  /** Those that are more than one literal; they are asked one by one. */
  private readonly others: Literal[] = [];
  private readonly known = new Map<string, string[]>();

  add(literal: Literal): void {
    if (this.literals.has(literal.key)) return;
    this.literals.set(literal.key, literal);
    if (!isPlain(literal)) this.others.push(literal);
    else
      for (const { text, start, end } of literalsOf(literal.test)?.literals ?? [])
        leaf(this.trie, `${start ? edge : ''}${text}${end ? edge : ''}`).keys.push(literal.key);
  }

  /** Keys of the tests that hold whenever a literal does. */
  impliedBy(literal: Literal): string[] {
    const known = this.known.get(literal.key);
    if (known) return known;
    const found = new Set<string>();
    const { test } = literal;
    if (test.is === 'text') {
      const text = test.glob.map((part) => (typeof part === 'string' ? fold(part) : wildcard)).join('');
      for (const key of keysIn(this.trie, `${edge}${text}${edge}`)) found.add(key);
    }
    for (const other of test.is === 'text' ? this.others : this.literals.values())
      if (other.key === literal.key || implies(test, other.test)) found.add(other.key);
    const implied = [...found];
    this.known.set(literal.key, implied);
    return implied;
  }
}

interface TrieNode {
  next: Map<string, TrieNode>;
  /** Of the tests whose literal ends here. */
  keys: string[];
}

function leaf(trie: TrieNode, text: string): TrieNode {
  let node = trie;
  for (const character of text) {
    const next = node.next.get(character) ?? { next: new Map(), keys: [] };
    node.next.set(character, next);
    node = next;
  }
  return node;
}

/** What the trie holds of the parts of a text; the texts of rules are short. */
function* keysIn(trie: TrieNode, text: string): Generator<string> {
  const characters = [...text];
  for (let from = 0; from < characters.length; from += 1) {
    let node: TrieNode | undefined = trie;
    for (let at = from; node; at += 1) {
      yield* node.keys;
      node = node.next.get(characters[at] ?? '');
    }
  }
}

/** Whether a test is one literal and no more. */
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
