import type { Literal } from './automaton.ts';
import { passes, textOf } from './evaluate-test.ts';
import type { Expression, Test } from './expression.ts';
import { FieldIndex } from './field-index.ts';
import { addPath, eachScalar, type FieldPaths, type PathNode, pathNode, walk } from './field-paths.ts';
import { fold } from './fold.ts';
import { type Indexed, indexOf } from './literals.ts';
import { testKey } from './test-key.ts';
import { anyText, type TextMatcher, textMatcher } from './text-matcher.ts';
import { type Asked, asking, type Witness, witness } from './witness.ts';

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

/** A test that rules wait for. */
interface AwaitedTest {
  slot: number;
  /** How the index finds it; undefined when its field has to be there and no more is known. */
  indexed: Indexed | undefined;
  /** The rules to look at when it is found. */
  rules: number[];
}

type Condition = () => boolean;

/**
 * Rules compiled for events of one shape. Each rule waits for the tests it cannot do without (`witness`); one automaton a
 * field finds the literals of those in one pass; a rule's condition is compiled when it is first looked at, since most
 * never are.
 *
 * What an event leaves behind is marked by a number that rises with each event, so that nothing has to be cleared.
 */
export class Plan<T> {
  readonly rules: PlannedRule<T>[];
  private readonly conditions: (Condition | undefined)[];
  private readonly awaited: AwaitedTest[] = [];
  private readonly awaitedIds = new Map<string, number>();
  /** Rules that wait for nothing. */
  private readonly always: number[] = [];
  /** By the places they read, and for each view by the name a field has there. */
  private readonly slots = new Map<string, number>([['', anywhere]]);
  private readonly names = new Map<View, Map<string, number>>();
  private readonly root: PathNode = pathNode();
  private readonly indexes: FieldIndex[];

  private event = 0;
  private current: object = {};
  private candidates: number[] = [];
  private readonly found: Uint32Array;
  private readonly stamped: Uint32Array;
  private touched: number[] = [];
  private readonly values: unknown[];
  private readonly groups: Int32Array;
  private readonly filled: Uint32Array;
  private readonly texts: (string | string[] | undefined)[];
  private readonly folded: Uint32Array;
  private scalars: unknown[] | undefined;

  constructor(rules: PlannedRule<T>[]) {
    this.rules = rules;
    this.conditions = new Array(rules.length).fill(undefined);
    const common = asking(rules.map(({ expression }) => expression));
    for (const [k, { expression, view }] of rules.entries()) {
      this.readFields(expression, view);
      this.wait(k, view, witness(expression, common));
    }
    this.indexes = this.index();
    this.found = new Uint32Array(this.awaited.length);
    this.stamped = new Uint32Array(rules.length);
    this.values = new Array(this.slots.size).fill(undefined);
    this.groups = new Int32Array(this.slots.size);
    this.filled = new Uint32Array(this.slots.size);
    this.texts = new Array(this.slots.size).fill(undefined);
    this.folded = new Uint32Array(this.slots.size);
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
    return this.slotValues(this.slotOf(view, field));
  }

  /** Whether the event matched last passes one test of a rule. */
  passed(view: View, { field, test }: Asked): boolean {
    const slot = this.slotOf(view, field);
    const matcher = textMatcher(test);
    return matcher ? this.textPasses(slot, matcher) : this.valuePasses(slot, test, view);
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
    for (const marks of [this.found, this.stamped, this.filled, this.folded]) marks.fill(0);
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
    const { found, event, awaited, stamped } = this;
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
    const condition = this.compile(expression, view);
    this.conditions[k] = condition;
    return condition();
  }

  private slotValues(slot: number): readonly unknown[] | undefined {
    if (slot === anywhere) return this.allValues();
    if (this.filled[slot] !== this.event) return undefined;
    const value = this.values[slot];
    return value instanceof Several ? value.all : [value];
  }

  /** Every scalar of the event. */
  private allValues(): readonly unknown[] {
    if (!this.scalars) {
      const scalars: unknown[] = [];
      eachScalar(this.current, (value) => scalars.push(value));
      this.scalars = scalars;
    }
    return this.scalars;
  }

  /** The values of a slot as texts are compared with them: folded once an event, a null left out. */
  private slotTexts(slot: number): string | string[] | undefined {
    if (this.folded[slot] === this.event) return this.texts[slot];
    this.folded[slot] = this.event;
    const value = this.filled[slot] === this.event ? this.values[slot] : undefined;
    const all = slot === anywhere ? this.allValues() : value instanceof Several ? value.all : undefined;
    let texts: string | string[] | undefined;
    if (all) texts = all.filter((one) => one !== null).map((one) => fold(textOf(one)));
    else if (value !== null && value !== undefined) texts = fold(textOf(value));
    this.texts[slot] = texts;
    return texts;
  }

  private textPasses(slot: number, matches: TextMatcher): boolean {
    const texts = this.slotTexts(slot);
    if (texts === undefined) return false;
    return typeof texts === 'string' ? matches(texts) : texts.some(matches);
  }

  private valuePasses(slot: number, test: Test, view: View): boolean {
    return passes(test, this.slotValues(slot), (other) => this.valuesOf(view, other));
  }

  private compile(expression: Expression, view: View): Condition {
    switch (expression.op) {
      case 'selection':
        return this.compile(expression.of, view);
      case 'not': {
        const of = this.compile(expression.of, view);
        return () => !of();
      }
      case 'test':
        return this.compileTest(expression, view);
      case 'and':
        return every(expression.of.map((one) => this.compile(one, view)));
      case 'or':
        return this.compileTexts(expression.of, view) ?? some(expression.of.map((one) => this.compile(one, view)));
      case 'least': {
        const of = expression.of.map((one) => this.compile(one, view));
        return () => of.filter((one) => one()).length >= expression.count;
      }
    }
  }

  private compileTest({ field, test }: Asked, view: View): Condition {
    const slot = this.slotOf(view, field);
    const id = this.awaitedIds.get(keyOf(slot, test)) ?? -1;
    if (this.awaited[id]?.indexed?.whole) return () => this.found[id] === this.event;
    const matcher = textMatcher(test);
    const ask: Condition = matcher ? () => this.textPasses(slot, matcher) : () => this.valuePasses(slot, test, view);
    return this.awaited[id]?.indexed ? () => this.found[id] === this.event && ask() : ask;
  }

  /** A list of texts of one field, by far the most usual choice, asked in one go. */
  private compileTexts(of: readonly Expression[], view: View): Condition | undefined {
    const [first] = of;
    if (first?.op !== 'test') return undefined;
    const alike = of.filter((one): one is Asked => one.op === 'test' && one.field === first.field);
    const any = alike.length === of.length ? anyText(alike.map(({ test }) => test)) : undefined;
    if (!any) return undefined;
    const slot = this.slotOf(view, first.field);
    return () => this.textPasses(slot, any);
  }

  /** Every field is read in the one walk through an event, also those that only a rule looked at asks for. */
  private readFields(expression: Expression, view: View): void {
    if (expression.op === 'test') {
      this.slotOf(view, expression.field);
      if (expression.test.is === 'field') this.slotOf(view, expression.test.name);
    } else if (expression.op === 'not' || expression.op === 'selection') this.readFields(expression.of, view);
    else for (const one of expression.of) this.readFields(one, view);
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

  private wait(rule: number, view: View, found: Witness | undefined): void {
    if (!found) {
      this.always.push(rule);
      return;
    }
    for (const { field, test } of found.tests) {
      const slot = this.slotOf(view, field);
      const key = keyOf(slot, test);
      const id = this.awaitedIds.get(key) ?? this.awaited.push({ slot, indexed: indexOf(test), rules: [] }) - 1;
      this.awaitedIds.set(key, id);
      this.awaited[id]?.rules.push(rule);
    }
  }

  /** What finds the awaited tests, by slot. */
  private index(): FieldIndex[] {
    const literals: Literal[][] = Array.from({ length: this.slots.size }, () => []);
    const present: number[][] = Array.from({ length: this.slots.size }, () => []);
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
