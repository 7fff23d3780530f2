import ipaddr from 'ipaddr.js';
import { dashes, expand, ModifierError, mostAlternatives, type Placeholders, TooMuchError } from './alternatives.ts';
import { base64, base64Offsets, encodings } from './encodings.ts';
import {
  type Comparison,
  comparisons,
  type Expression,
  linked,
  type Test,
  type TimePart,
  timeParts,
} from './expression.ts';
import { type Glob, joinGlobs, literalOf, mapLiterals, readGlob, run } from './glob.ts';
import { linearRegex } from './regex.ts';
import { ruleLimits } from './rule-weight.ts';

export type Scalar = string | number | boolean | null;

/** A value on its way through the modifiers. */
type Value =
  | { is: 'scalar'; scalar: Exclude<Scalar, string> }
  | { is: 'text'; original: string; glob: Glob; bytes: boolean }
  | { is: 'regex'; source: string }
  | { is: 'time'; part: TimePart; to: number }
  | { is: 'field'; name: string; at: 'equals' | 'startswith' | 'endswith' | 'contains' }
  | { is: 'done'; test: Test };

/** What modifiers say about all values of an item together. */
interface Item {
  field: string | undefined;
  all: boolean;
  negated: boolean;
  cased: boolean;
  flags: { i: boolean; m: boolean; s: boolean };
  placeholders: Placeholders;
}

type Change = (value: Value, item: Item) => Value | Value[];

const text =
  (change: (value: Extract<Value, { is: 'text' }>, item: Item) => Value | Value[]): Change =>
  (value, item) => {
    if (value.is !== 'text') throw new ModifierError('is for text');
    return change(value, item);
  };

const affix = (at: 'startswith' | 'endswith' | 'contains'): Change => {
  const before: Glob = at === 'startswith' ? [] : [run];
  const behind: Glob = at === 'endswith' ? [] : [run];
  return (value) => {
    if (value.is === 'field') return { ...value, at };
    // Numbers are compared by their text, so a part of it may be asked for.
    const glob = value.is === 'scalar' && value.scalar !== null ? [String(value.scalar)] : undefined;
    if (value.is !== 'text' && !glob) throw new ModifierError('is for text');
    const own = value.is === 'text' ? value : { is: 'text' as const, original: '', glob: glob ?? [], bytes: false };
    return { ...own, glob: joinGlobs(before, own.glob, behind) };
  };
};

const encode = (encoding: keyof typeof encodings): Change =>
  text((value) => ({ ...value, glob: mapLiterals(value.glob, encodings[encoding]), bytes: true }));

const compare =
  (by: Comparison): Change =>
  (value) => {
    if (value.is === 'time') return { is: 'done', test: { is: 'time', part: value.part, by, to: value.to } };
    return { is: 'done', test: { is: 'compare', by, to: numberOf(value) } };
  };

const timePart =
  (part: TimePart): Change =>
  (value) => {
    const to = numberOf(value);
    if (!Number.isInteger(to)) throw new ModifierError('takes a whole number');
    return { is: 'time', part, to };
  };

/** The modifiers that change a value. */
const changes: Record<string, Change> = {
  startswith: affix('startswith'),
  endswith: affix('endswith'),
  contains: affix('contains'),
  exists: (value) => {
    if (value.is !== 'scalar' || typeof value.scalar !== 'boolean') throw new ModifierError('takes true or false');
    return { is: 'done', test: { is: 'exists', present: value.scalar } };
  },
  windash: text((value) => dashes(value.glob).map((glob) => ({ ...value, glob }))),
  re: (value) => {
    if (value.is === 'scalar' && value.scalar !== null) return { is: 'regex', source: String(value.scalar) };
    if (value.is !== 'text') throw new ModifierError('is for text');
    return { is: 'regex', source: value.original };
  },
  base64: text((value) => {
    const encoded = base64(value.glob, value.bytes);
    if (encoded === undefined) throw new ModifierError('cannot encode wildcards');
    return { ...value, glob: encoded === '' ? [] : [encoded], bytes: false };
  }),
  base64offset: text((value) => {
    const encoded = base64Offsets(value.glob, value.bytes);
    if (encoded === undefined) throw new ModifierError('cannot encode wildcards');
    if (encoded.some((one) => one === '')) throw new ModifierError('leaves nothing to look for of so short a value');
    return encoded.map((one) => ({ ...value, glob: [one], bytes: false }));
  }),
  utf16le: encode('utf16le'),
  wide: encode('utf16le'),
  utf16be: encode('utf16be'),
  utf16: encode('utf16'),
  cidr: text((value) => ({ is: 'done', test: cidr(value.original) })),
  expand: text((value, item) => expand(value.glob, item.placeholders).map((glob) => ({ ...value, glob }))),
  fieldref: text((value) => {
    const name = literalOf(value.glob);
    if (!name) throw new ModifierError('takes the name of a field, without wildcards');
    return { is: 'field', name, at: 'equals' };
  }),
  ...Object.fromEntries(comparisons.map((by) => [by, compare(by)])),
  ...Object.fromEntries(timeParts.map((part) => [part, timePart(part)])),
};

/** The modifiers that speak of the item, not of one value. */
const settings: Record<string, (item: Item, before: readonly string[]) => void> = {
  all: (item) => {
    item.all = true;
  },
  neq: (item) => {
    item.negated = true;
  },
  cased: (item) => {
    item.cased = true;
  },
  i: flag('i'),
  m: flag('m'),
  s: flag('s'),
};

function flag(name: 'i' | 'm' | 's') {
  return (item: Item, before: readonly string[]) => {
    if (!before.includes('re')) throw new ModifierError('belongs behind re');
    item.flags[name] = true;
  };
}

/** Every modifier there is, for the sentence about one that is not. */
const modifierNames = [...Object.keys(changes), ...Object.keys(settings)].sort();

/**
 * The expression of `field|modifiers: values` (rules specification, "Value Modifiers"): modifiers in their order, values
 * linked by or, by `all` with and; what one value became is always linked by or. Throws `ModifierError` and
 * `PlaceholderError`.
 */
export function readItem(key: string, values: readonly Scalar[], placeholders: Placeholders): Expression {
  const [name = '', ...modifiers] = key.split('|');
  const field = name === '' ? undefined : name;
  const item: Item = {
    field,
    all: false,
    negated: false,
    cased: false,
    flags: { i: false, m: false, s: false },
    placeholders,
  };
  let valuesOfAll: Value[][] = values.map((scalar) => [firstOf(scalar)]);
  for (const [k, modifier] of modifiers.entries()) {
    valuesOfAll = applied(modifier, modifiers.slice(0, k), valuesOfAll, item);
  }
  if (modifiers.includes('exists') && values.length > 1)
    throw new ModifierError('The modifier "exists" takes true or false, not a list.');
  if (item.all && values.length < 2) throw new ModifierError('The modifier "all" is for several values.');
  if (modifiers.includes('base64offset') && !modifiers.includes('contains'))
    throw new ModifierError('The modifier "base64offset" makes parts of a text: "contains" belongs behind it.');
  const tests = valuesOfAll.map((alternatives) =>
    linked(
      'or',
      alternatives.map((value) => testOf(value, item)),
    ),
  );
  const whole = linked(item.all ? 'and' : 'or', tests);
  return item.negated ? { op: 'not', of: whole } : whole;
}

function applied(modifier: string, before: string[], values: Value[][], item: Item): Value[][] {
  try {
    const setting = Object.hasOwn(settings, modifier) ? settings[modifier] : undefined;
    if (setting) {
      setting(item, before);
      return values;
    }
    const change = Object.hasOwn(changes, modifier) ? changes[modifier] : undefined;
    if (!change) throw new ModifierError(`is not known. There are: ${modifierNames.join(', ')}`);
    if ((modifier === 're' || modifier === 'cidr') && before.some((one) => Object.hasOwn(changes, one)))
      throw new ModifierError('reads the value as it is written, so no modifier that changes it may stand before');
    let all = 0;
    return values.map((alternatives) => {
      const changed = alternatives.flatMap((value) => change(value, item));
      if (changed.length > mostAlternatives)
        throw new TooMuchError(`makes more than ${mostAlternatives} values of one`);
      all += changed.length;
      if (all > ruleLimits.one.values)
        throw new TooMuchError(`makes more than ${ruleLimits.one.values} values, the bound for one rule`);
      const length = changed.reduce((sum, value) => sum + lengthOf(value), 0);
      if (length > ruleLimits.one.weight)
        throw new TooMuchError(`makes more than ${ruleLimits.one.weight} characters of one value`);
      return changed;
    });
  } catch (error) {
    if (!(error instanceof ModifierError)) throw error;
    const message = `The modifier "${modifier}" ${error.message}.`;
    throw error instanceof TooMuchError ? new TooMuchError(message) : new ModifierError(message);
  }
}

function lengthOf(value: Value): number {
  return value.is === 'text' ? value.glob.reduce<number>((sum, part) => sum + String(part).length, 0) : 1;
}

function firstOf(scalar: Scalar): Value {
  return typeof scalar === 'string'
    ? { is: 'text', original: scalar, glob: readGlob(scalar), bytes: false }
    : { is: 'scalar', scalar };
}

function testOf(value: Value, item: Item): Expression {
  const { field } = item;
  return { op: 'test', field, test: finished(value, item) };
}

function finished(value: Value, item: Item): Test {
  switch (value.is) {
    case 'done':
      if (item.field === undefined)
        throw new ModifierError('A keyword can only be text, a number or a regular expression.');
      return value.test;
    case 'time':
      return { is: 'time', part: value.part, by: 'eq', to: value.to };
    case 'field':
      return { is: 'field', name: value.name, at: value.at, cased: item.cased };
    case 'regex': {
      const regex = linearRegex(value.source, item.flags);
      if ('refused' in regex) throw new ModifierError(regex.refused);
      return { is: 'regex', regex };
    }
    case 'scalar':
      if (value.scalar === null) return { is: 'null' };
      return textTest([String(value.scalar)], item);
    default:
      return textTest(value.glob, item);
  }
}

/** A keyword is looked for anywhere in a value. */
function textTest(glob: Glob, item: Item): Test {
  return { is: 'text', glob: item.field === undefined ? joinGlobs([run], glob, [run]) : glob, cased: item.cased };
}

function numberOf(value: Value): number {
  const scalar = value.is === 'scalar' ? value.scalar : value.is === 'text' ? value.original : undefined;
  const number = typeof scalar === 'string' && scalar.trim() !== '' ? Number(scalar) : scalar;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new ModifierError('takes a number');
  return number;
}

/** The usual written forms only: ipaddr.js would also take 10.1/8 and 0x0a000000/8 for networks. */
const network = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)\/\d{1,3}$/i;

function cidr(block: string): Test {
  try {
    if (!network.test(block)) throw new Error(block);
    return { is: 'cidr', text: block, block: ipaddr.parseCIDR(block) };
  } catch {
    throw new ModifierError(`takes a network such as 10.0.0.0/8, not "${block}"`);
  }
}
