import type { Literal } from './automaton.ts';
import { type Condition, compileCondition, type Foreseen } from './compile-condition.ts';
import { anywhere, EventValues, type View } from './event-values.ts';
import type { Expression, Test } from './expression.ts';
import { FieldIndex } from './field-index.ts';
import { type Indexed, indexOf } from './literals.ts';
import { testKey } from './test-key.ts';
import { textMatcher } from './text-matcher.ts';
import { type Asked, asking, type Witness, witness } from './witness.ts';

/** A rule as the events of one log source see it. */
export interface PlannedRule<T> {
  rule: T;
  expression: Expression;
  view: View;
}

/** A test that rules wait for. */
interface AwaitedTest {
  slot: number;
  /** How the index finds it; undefined when its field has to be there and no more is known. */
  indexed: Indexed | undefined;
  /** The rules to look at when it is found. */
  rules: number[];
}

/**
 * Rules compiled for events of one shape. Each rule waits for the tests it cannot do without (`witness`); one automaton a
 * field finds the literals of those in one pass; a rule's condition is compiled when it is first looked at, since most
 * never are.
 */
export class Plan<T> {
  readonly rules: PlannedRule<T>[];
  private readonly values: EventValues;
  private readonly conditions: (Condition | undefined)[];
  private readonly awaited: AwaitedTest[] = [];
  private readonly awaitedIds = new Map<string, number>();
  /** Rules that wait for nothing. */
  private readonly always: number[] = [];
  private readonly indexes: FieldIndex[];

  private candidates: number[] = [];
  /** The event an awaited test was found in, and a rule became a candidate in. */
  private readonly found: Uint32Array;
  private readonly stamped: Uint32Array;

  constructor(rules: PlannedRule<T>[]) {
    this.rules = rules;
    this.values = new EventValues(rules);
    this.conditions = new Array(rules.length).fill(undefined);
    const common = asking(rules.map(({ expression }) => expression));
    for (const [k, { expression, view }] of rules.entries()) this.wait(k, view, witness(expression, common));
    this.indexes = this.index();
    this.found = new Uint32Array(this.awaited.length);
    this.stamped = new Uint32Array(rules.length);
  }

  /** The rules an event matches, in their order. */
  match(event: object): PlannedRule<T>[] {
    if (this.rules.length === 0) return [];
    this.read(event);
    const matched: number[] = [];
    for (const k of this.candidates) if (this.holds(k)) matched.push(k);
    for (const k of this.always) if (this.holds(k)) matched.push(k);
    if (matched.length > 1) matched.sort((a, b) => a - b);
    return matched.map((k) => this.rules[k] as PlannedRule<T>);
  }

  /** Values of a field in the event matched last, as a rule's view names it; undefined when it has none. */
  valuesOf(view: View, field: string | undefined): readonly unknown[] | undefined {
    return this.values.valuesOf(this.values.slotOf(view, field));
  }

  /** Whether the event matched last passes one test of a rule. */
  passed(view: View, { field, test }: Asked): boolean {
    const slot = this.values.slotOf(view, field);
    const matcher = textMatcher(test);
    return matcher ? this.values.textPasses(slot, matcher) : this.values.valuePasses(slot, test, view);
  }

  /** How many rules of the plan were looked at for the event matched last. */
  get looked(): number {
    return this.candidates.length + this.always.length;
  }

  private read(event: object): void {
    const { values, indexes, found, stamped } = this;
    values.read(event);
    // Marks of events long past must not be taken for this one's.
    if (values.event === 1) for (const marks of [found, stamped]) marks.fill(0);
    this.candidates.length = 0;
    for (const slot of values.touched) {
      const index = indexes[slot] as FieldIndex;
      if (index.present) this.hit(index.present);
      if (index.searches) this.search(slot, index);
    }
    const everywhere = indexes[anywhere] as FieldIndex;
    if (everywhere.searches) this.search(anywhere, everywhere);
  }

  private search(slot: number, index: FieldIndex): void {
    this.values.each(slot, (value) => index.find(value, this.hit));
  }

  private readonly hit = (ids: Int32Array): void => {
    const { found, awaited, stamped } = this;
    const { event } = this.values;
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] as number;
      if (found[id] === event) continue;
      found[id] = event;
      const { rules } = awaited[id] as AwaitedTest;
      for (let k = 0; k < rules.length; k += 1) {
        const rule = rules[k] as number;
        if (stamped[rule] === event) continue;
        stamped[rule] = event;
        this.candidates.push(rule);
      }
    }
  };

  private holds(k: number): boolean {
    const known = this.conditions[k];
    if (known) return known();
    const { expression, view } = this.rules[k] as PlannedRule<T>;
    const condition = compileCondition(expression, view, this.values, this.foreseen);
    this.conditions[k] = condition;
    return condition();
  }

  private readonly foreseen: Foreseen = (slot, test) => {
    const id = this.awaitedIds.get(keyOf(slot, test)) ?? -1;
    const indexed = this.awaited[id]?.indexed;
    return indexed && { found: () => this.found[id] === this.values.event, whole: indexed.whole };
  };

  private wait(rule: number, view: View, found: Witness | undefined): void {
    if (!found) {
      this.always.push(rule);
      return;
    }
    for (const { field, test } of found.tests) {
      const slot = this.values.slotOf(view, field);
      const key = keyOf(slot, test);
      const id = this.awaitedIds.get(key) ?? this.awaited.push({ slot, indexed: indexOf(test), rules: [] }) - 1;
      this.awaitedIds.set(key, id);
      this.awaited[id]?.rules.push(rule);
    }
  }

  /** What finds the awaited tests, by slot. */
  private index(): FieldIndex[] {
    const literals: Literal[][] = Array.from({ length: this.values.size }, () => []);
    const present: number[][] = Array.from({ length: this.values.size }, () => []);
    for (const [id, { slot, indexed }] of this.awaited.entries()) {
      if (!indexed) present[slot]?.push(id);
      for (const literal of indexed?.literals ?? []) literals[slot]?.push({ ...literal, id });
    }
    return literals.map((ofSlot, slot) => new FieldIndex(ofSlot, present[slot] ?? []));
  }
}

/** The same for two tests that ask the same. A field that another is compared with is found by its name. */
function keyOf(slot: number, test: Test): string {
  return `${slot} ${testKey(test)}`;
}
