import type { Literal } from './automaton.ts';
import { passes } from './evaluate-test.ts';
import type { Expression, Test } from './expression.ts';
import { FieldIndex } from './field-index.ts';
import { addPath, eachScalar, type FieldPaths, type PathNode, pathNode, walk } from './field-paths.ts';
import { commonness, type Indexed, literalsOf } from './literals.ts';
import { testKey } from './test-key.ts';

/** Where the fields of rules are in the events of one log source. */
export interface View {
  pathsOf(field: string): FieldPaths;
}

/** A rule as the events of one log source see it. */
export interface PlannedRule<T> {
  rule: T;
  expression: Expression;
  view: View;
}

/** The slot of keywords, which read every value. */
const anywhere = 0;

/** Where the count of events begins again: what the marks can hold. */
const lastEvent = 0xffff_ffff;

interface PlannedTest {
  slot: number;
  test: Test;
  /** The slot of the field it is compared with. */
  other: number | undefined;
  /** How the index finds it, and so answers "no" without looking. */
  indexed: Indexed | undefined;
}

type Asked = Extract<Expression, { op: 'test' }>;

/**
 * Rules compiled for events of one shape: every test once, however many rules ask it; one automaton a field finds all
 * literals in one pass; a rule is looked at only when a literal it cannot do without was found.
 *
 * What an event leaves behind is marked by a number that rises with each event, so that nothing has to be cleared.
 */
export class Plan<T> {
  readonly rules: PlannedRule<T>[];
  private readonly tests: PlannedTest[] = [];
  private readonly testIds = new Map<string, number>();
  private readonly asked = new Map<View, Map<Asked, number>>();
  /** By the places they read, and for each view by the name a field has there. */
  private readonly slots = new Map<string, number>([['', anywhere]]);
  private readonly names = new Map<View, Map<string, number>>();
  private readonly root: PathNode = pathNode();
  private readonly indexes: FieldIndex[] = [];
  private readonly conditions: (() => boolean)[];
  /** Rules that have no literal to be found by. */
  private readonly always: number[] = [];
  /** For each test the rules to look at when it is found. */
  private readonly waiting: (number[] | undefined)[] = [];

  private event = 0;
  private readonly found: Uint32Array;
  private readonly answered: Float64Array;
  private readonly stamped: Uint32Array;
  private candidates: number[] = [];
  private readonly values: unknown[];
  private readonly groups: Int32Array;
  private readonly filled: Uint32Array;
  private touched: number[] = [];
  private current: object = {};
  private scalars: unknown[] | undefined;

  constructor(rules: PlannedRule<T>[]) {
    this.rules = rules;
    this.conditions = rules.map(({ expression, view }) => this.compile(expression, view));
    const literals = this.index();
    for (const [k, { expression, view }] of rules.entries()) this.wait(k, this.witness(expression, view));
    const present = this.presences();
    this.indexes = literals.map((ofSlot, slot) => new FieldIndex(ofSlot, present[slot]));
    this.found = new Uint32Array(this.tests.length);
    this.answered = new Float64Array(this.tests.length);
    this.stamped = new Uint32Array(rules.length);
    this.values = new Array(this.slots.size).fill(undefined);
    this.groups = new Int32Array(this.slots.size);
    this.filled = new Uint32Array(this.slots.size);
  }

  /** The rules an event matches, in their order. */
  match(event: object): PlannedRule<T>[] {
    if (this.rules.length === 0) return [];
    this.read(event);
    const { candidates, conditions } = this;
    const matched: number[] = [];
    for (const k of candidates) if ((conditions[k] as () => boolean)()) matched.push(k);
    for (const k of this.always) if ((conditions[k] as () => boolean)()) matched.push(k);
    if (matched.length > 1) matched.sort((a, b) => a - b);
    return matched.map((k) => this.rules[k] as PlannedRule<T>);
  }

  /** Values of a field in the event matched last, as a rule's view names it; undefined when it has none. */
  valuesOf(view: View, field: string | undefined): readonly unknown[] | undefined {
    return this.slotValues(this.slotOf(view, field));
  }

  /** Whether the event matched last passes one test of a rule. */
  passed(view: View, test: Asked): boolean {
    return this.answerOf(this.testId(test, view))();
  }

  /** Every scalar of the event matched last. */
  allValues(): readonly unknown[] {
    if (!this.scalars) {
      const scalars: unknown[] = [];
      eachScalar(this.current, (value) => scalars.push(value));
      this.scalars = scalars;
    }
    return this.scalars;
  }

  /** How many rules of the plan were looked at for the event matched last. */
  get looked(): number {
    return this.candidates.length + this.always.length;
  }

  private read(event: object): void {
    this.event += 1;
    if (this.event === lastEvent) this.forget();
    this.current = event;
    this.scalars = undefined;
    this.candidates.length = 0;
    this.touched.length = 0;
    walk(this.root, event, this.take);
    for (const slot of this.touched) {
      const index = this.indexes[slot] as FieldIndex;
      if (index.present) this.hit(index.present);
      if (!index.searches) continue;
      const value = this.values[slot];
      if (value instanceof Several) for (const one of value.all) index.find(one, this.hit);
      else index.find(value, this.hit);
    }
    const everywhere = this.indexes[anywhere] as FieldIndex;
    if (everywhere.searches) eachScalar(event, (value) => everywhere.find(value, this.hit));
  }

  /** Marks of events long past must not be taken for this one's. */
  private forget(): void {
    this.event = 1;
    for (const marks of [this.found, this.answered, this.stamped, this.filled]) marks.fill(0);
  }

  /** Puts a value into the slots that read its place: better groups replace worse ones, equal ones add up. */
  private readonly take = (readers: PathNode['readers'], value: unknown): void => {
    for (const { slot, group } of readers) {
      if (this.filled[slot] !== this.event) {
        this.filled[slot] = this.event;
        this.touched.push(slot);
      } else if (group > (this.groups[slot] as number)) continue;
      else if (group === this.groups[slot]) {
        this.values[slot] = several(this.values[slot], value);
        continue;
      }
      this.groups[slot] = group;
      this.values[slot] = Array.isArray(value) ? several(new Several([]), value) : value;
    }
  };

  private readonly hit = (ids: Int32Array): void => {
    const { found, event, waiting, stamped } = this;
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] as number;
      if (found[id] === event) continue;
      found[id] = event;
      const rules = waiting[id];
      if (rules === undefined) continue;
      for (let k = 0; k < rules.length; k += 1) {
        const rule = rules[k] as number;
        if (stamped[rule] === event) continue;
        stamped[rule] = event;
        this.candidates.push(rule);
      }
    }
  };

  private slotValues(slot: number): readonly unknown[] | undefined {
    if (slot === anywhere) return this.allValues();
    if (this.filled[slot] !== this.event) return undefined;
    const value = this.values[slot];
    return value instanceof Several ? value.all : [value];
  }

  private compile(expression: Expression, view: View): () => boolean {
    switch (expression.op) {
      case 'selection':
        return this.compile(expression.of, view);
      case 'not': {
        const of = this.compile(expression.of, view);
        return () => !of();
      }
      case 'test':
        return this.answerOf(this.testId(expression, view));
      case 'and':
        return every(expression.of.map((one) => this.compile(one, view)));
      case 'or':
        return some(expression.of.map((one) => this.compile(one, view)));
      case 'least': {
        const of = expression.of.map((one) => this.compile(one, view));
        return () => of.filter((one) => one()).length >= expression.count;
      }
    }
  }

  private answerOf(id: number): () => boolean {
    const { indexed } = this.tests[id] as PlannedTest;
    if (indexed?.whole) return () => this.found[id] === this.event;
    if (indexed) return () => this.found[id] === this.event && this.answer(id);
    return () => this.answer(id);
  }

  /** Asks a test that the index cannot answer, once an event. */
  private answer(id: number): boolean {
    const known = this.answered[id] as number;
    if (known === this.event) return true;
    if (known === -this.event) return false;
    const { slot, test, other } = this.tests[id] as PlannedTest;
    const passed = passes(test, this.slotValues(slot), () => this.slotValues(other ?? anywhere));
    this.answered[id] = passed ? this.event : -this.event;
    return passed;
  }

  private testId(asked: Asked, view: View): number {
    const ids = this.asked.get(view) ?? new Map<Asked, number>();
    this.asked.set(view, ids);
    const id = ids.get(asked) ?? this.idOf(asked, view);
    ids.set(asked, id);
    return id;
  }

  /** Two tests that ask the same have the same id. */
  private idOf({ field, test }: Asked, view: View): number {
    const slot = this.slotOf(view, field);
    const other = test.is === 'field' ? this.slotOf(view, test.name) : undefined;
    const key = `${slot} ${other ?? ''} ${testKey(test)}`;
    const id = this.testIds.get(key) ?? this.tests.push({ slot, test, other, indexed: literalsOf(test) }) - 1;
    this.testIds.set(key, id);
    return id;
  }

  private slotOf(view: View, field: string | undefined): number {
    if (field === undefined) return anywhere;
    const names = this.names.get(view) ?? new Map<string, number>();
    this.names.set(view, names);
    const named = names.get(field);
    if (named !== undefined) return named;
    const paths = view.pathsOf(field);
    const key = JSON.stringify(paths);
    const slot = this.slots.get(key) ?? this.slots.size;
    names.set(field, slot);
    if (this.slots.has(key)) return slot;
    this.slots.set(key, slot);
    for (const [group, alike] of paths.entries()) for (const path of alike) addPath(this.root, path, slot, group);
    return slot;
  }

  /** Literals by slot. */
  private index(): Literal[][] {
    const literals: Literal[][] = Array.from({ length: this.slots.size }, () => []);
    for (const [id, { slot, indexed }] of this.tests.entries()) {
      for (const literal of indexed?.literals ?? []) literals[slot]?.push({ ...literal, id });
    }
    return literals;
  }

  /** By slot the tests that rules wait for and that only need the field to be there. */
  private presences(): (Int32Array | undefined)[] {
    const waited: number[][] = [];
    for (const [id, { slot, indexed }] of this.tests.entries()) {
      if (indexed || this.waiting[id] === undefined) continue;
      const ids = waited[slot] ?? [];
      ids.push(id);
      waited[slot] = ids;
    }
    return waited.map((ids) => Int32Array.from(ids));
  }

  private wait(rule: number, witness: Witness | undefined): void {
    if (!witness) {
      this.always.push(rule);
      return;
    }
    for (const id of witness.tests) {
      const waiting = this.waiting[id] ?? [];
      waiting.push(rule);
      this.waiting[id] = waiting;
    }
  }

  /** Tests one of which passes, or may, whenever the expression holds; the rarest such set. */
  private witness(expression: Expression, view: View): Witness | undefined {
    switch (expression.op) {
      case 'selection':
        return this.witness(expression.of, view);
      case 'not':
        return undefined;
      case 'and': {
        const found = expression.of.map((one) => this.witness(one, view)).filter((one) => one !== undefined);
        return found.reduce<Witness | undefined>(
          (best, one) => (best && best.cost <= one.cost ? best : one),
          undefined,
        );
      }
      case 'or':
      case 'least': {
        const found = expression.of.map((one) => this.witness(one, view));
        if (!found.every((one) => one !== undefined)) return undefined;
        return { tests: found.flatMap((one) => one.tests), cost: found.reduce((sum, one) => sum + one.cost, 0) };
      }
      case 'test': {
        const { test, field } = expression;
        const id = this.testId(expression, view);
        const tests = [id];
        const literals = this.tests[id]?.indexed?.literals;
        if (literals) return { tests, cost: literals.reduce((sum, one) => sum + commonness(one), 0) };
        // What the index cannot find still needs its field to be there.
        const needsField = field !== undefined && test.is !== 'null' && !(test.is === 'exists' && !test.present);
        return needsField ? { tests, cost: 1_000 } : undefined;
      }
    }
  }
}

interface Witness {
  tests: number[];
  cost: number;
}

/** More than one value in a field. */
class Several {
  readonly all: unknown[];
  constructor(all: unknown[]) {
    this.all = all;
  }
}

function several(before: unknown, value: unknown): Several {
  const all = before instanceof Several ? before.all : [before];
  // Not spread into arguments: a list of an event can be longer than the stack.
  if (Array.isArray(value)) for (const one of value.flat(4)) all.push(one);
  else all.push(value);
  return before instanceof Several ? before : new Several(all);
}

function every(of: (() => boolean)[]): () => boolean {
  const [a, b] = of;
  if (a && b && of.length === 2) return () => a() && b();
  return () => {
    for (const one of of) if (!one()) return false;
    return true;
  };
}

function some(of: (() => boolean)[]): () => boolean {
  return () => {
    for (const one of of) if (one()) return true;
    return false;
  };
}
