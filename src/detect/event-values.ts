import { passes, textOf } from './evaluate-test.ts';
import type { Expression, Test } from './expression.ts';
import { addPath, eachScalar, type FieldPaths, type PathNode, pathNode, walk } from './field-paths.ts';
import { fold } from './fold.ts';
import type { TextMatcher } from './text-matcher.ts';

/** Where the fields of rules are in the events of one log source. */
export interface View {
  pathsOf(field: string): FieldPaths;
}

/** The slot of keywords, which read every value. */
export const anywhere = 0;

/** Where the count of events begins again: what the marks can hold. */
const lastEvent = 0xffff_ffff;

/**
 * The values that rules read, in one event after the other. Each field is a slot, by the places it is read from; one walk
 * through an event fills all of them.
 *
 * What an event leaves behind is marked by a number that rises with each event, so that nothing has to be cleared.
 */
export class EventValues {
  /** The number of the event read last; it begins again at 1. */
  event = 0;
  /** Slots that have values in it. */
  readonly touched: number[] = [];
  /** By the places they read, and for each view by the name a field has there. */
  private readonly slots = new Map<string, number>([['', anywhere]]);
  private readonly names = new Map<View, Map<string, number>>();
  private readonly root: PathNode = pathNode();

  private current: object = {};
  private readonly values: unknown[];
  private readonly groups: Int32Array;
  private readonly filled: Uint32Array;
  private readonly texts: (string | string[] | undefined)[];
  private readonly folded: Uint32Array;
  private scalars: unknown[] | undefined;

  constructor(rules: readonly { expression: Expression; view: View }[]) {
    for (const { expression, view } of rules) this.readFields(expression, view);
    this.values = new Array(this.slots.size).fill(undefined);
    this.groups = new Int32Array(this.slots.size);
    this.filled = new Uint32Array(this.slots.size);
    this.texts = new Array(this.slots.size).fill(undefined);
    this.folded = new Uint32Array(this.slots.size);
  }

  /** How many slots there are. */
  get size(): number {
    return this.slots.size;
  }

  /** Takes the values of the next event; those of the one before are gone. */
  read(event: object): void {
    this.event += 1;
    if (this.event === lastEvent) this.forget();
    this.current = event;
    this.scalars = undefined;
    this.touched.length = 0;
    walk(this.root, event, this.take);
  }

  /** Calls `visit` with each value of a slot of the event read last. */
  each(slot: number, visit: (value: unknown) => void): void {
    if (slot === anywhere) {
      eachScalar(this.current, visit);
      return;
    }
    const value = this.values[slot];
    if (value instanceof Several) for (const one of value.all) visit(one);
    else visit(value);
  }

  /** Values of a slot in the event read last; undefined when it has none. */
  valuesOf(slot: number): readonly unknown[] | undefined {
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

  /** Whether one of the values is a text that passes. */
  textPasses(slot: number, matches: TextMatcher): boolean {
    const texts = this.slotTexts(slot);
    if (texts === undefined) return false;
    return typeof texts === 'string' ? matches(texts) : texts.some(matches);
  }

  /** Whether the values pass a test; another field it names is read through the view. */
  valuePasses(slot: number, test: Test, view: View): boolean {
    return passes(test, this.valuesOf(slot), (other) => this.valuesOf(this.slotOf(view, other)));
  }

  /** The number of a field as a view names it; keywords have no field. */
  slotOf(view: View, field: string | undefined): number {
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

  /** Marks of events long past must not be taken for this one's. */
  private forget(): void {
    this.event = 1;
    for (const marks of [this.filled, this.folded]) marks.fill(0);
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

  /** Every field is read in the one walk through an event, also those that only a rule looked at asks for. */
  private readFields(expression: Expression, view: View): void {
    if (expression.op === 'test') {
      this.slotOf(view, expression.field);
      if (expression.test.is === 'field') this.slotOf(view, expression.test.name);
    } else if (expression.op === 'not' || expression.op === 'selection') this.readFields(expression.of, view);
    else for (const one of expression.of) this.readFields(one, view);
  }
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
