import fc from 'fast-check';

/**
 * A second reading of a part of the specification, as slow and plain as it gets, to hold the engine against: text,
 * wildcards, escapes, null, lists, maps, keywords, conditions. It shares no code with `src/detect`.
 */

type Value = string | null;
type Fields = Record<string, Value | Value[]>;
export type Selection = Fields | Fields[] | string[];
export interface NaiveRule {
  selections: Record<string, Selection>;
  condition: Condition;
}
type Condition =
  | { op: 'name'; name: string }
  | { op: 'not'; of: Condition }
  | { op: 'and'; left: Condition; right: Condition }
  | { op: 'or'; left: Condition; right: Condition }
  | { op: 'of'; count: 1 | 2 | 'all'; pattern: string };
export type NaiveEvent = Record<string, string | number | null>;

type Piece = { any: 'one' | 'many' } | { plain: string };

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const here = text.charAt(at);
    const next = text.charAt(at + 1);
    if (here === '\\' && next !== '' && '\\*?'.includes(next)) {
      found.push({ plain: next });
      at += 1;
    } else if (here === '*') found.push({ any: 'many' });
    else if (here === '?') found.push({ any: 'one' });
    else found.push({ plain: here });
  }
  return found;
}

function fits(list: Piece[], text: string): boolean {
  const [first, ...rest] = list;
  if (!first) return text === '';
  if ('plain' in first) return text.startsWith(first.plain) && fits(rest, text.slice(1));
  if (first.any === 'one') return text !== '' && fits(rest, text.slice(1));
  return fits(rest, text) || (text !== '' && fits(list, text.slice(1)));
}

function one(modifiers: string[], value: Value, actual: string | number | null | undefined): boolean {
  if (value === null) return actual === null || actual === undefined;
  if (actual === null || actual === undefined) return false;
  const fold = (text: string) => (modifiers.includes('cased') ? text : text.toLowerCase());
  const many: Piece = { any: 'many' };
  const inner = pieces(fold(value));
  const before = modifiers.includes('contains') || modifiers.includes('endswith') ? [many] : [];
  const after = modifiers.includes('contains') || modifiers.includes('startswith') ? [many] : [];
  return fits([...before, ...inner, ...after], fold(String(actual)));
}

function field(key: string, value: Value | Value[], event: NaiveEvent): boolean {
  const [name = '', ...modifiers] = key.split('|');
  const values = Array.isArray(value) ? value : [value];
  const holds = (each: Value) => one(modifiers, each, event[name]);
  const found = modifiers.includes('all') ? values.every(holds) : values.some(holds);
  return modifiers.includes('neq') ? !found : found;
}

function selection(of: Selection, event: NaiveEvent): boolean {
  if (!Array.isArray(of)) return Object.entries(of).every(([key, value]) => field(key, value, event));
  return of.some((each: Fields | string) =>
    typeof each === 'string'
      ? Object.values(event).some((value) => one(['contains'], each, value))
      : selection(each, event),
  );
}

function condition(of: Condition, rule: NaiveRule, event: NaiveEvent): boolean {
  if (of.op === 'not') return !condition(of.of, rule, event);
  if (of.op === 'and') return condition(of.left, rule, event) && condition(of.right, rule, event);
  if (of.op === 'or') return condition(of.left, rule, event) || condition(of.right, rule, event);
  const named = Object.entries(rule.selections).filter(([name]) =>
    of.op === 'name'
      ? name === of.name
      : !name.startsWith('_') && (of.pattern === 'them' || fits(pieces(of.pattern), name)),
  );
  const held = named.filter(([, each]) => selection(each, event)).length;
  return held >= (of.op === 'name' ? 1 : of.count === 'all' ? named.length : of.count);
}

/** Whether a rule matches an event, worked out step by step. */
export const naively = (rule: NaiveRule, event: NaiveEvent): boolean => condition(rule.condition, rule, event);

function written(of: Condition): string {
  if (of.op === 'name') return of.name;
  if (of.op === 'of') return `${of.count} of ${of.pattern}`;
  if (of.op === 'not') return `not (${written(of.of)})`;
  return `(${written(of.left)}) ${of.op} (${written(of.right)})`;
}

/** The document of a rule, in the JSON that is YAML as well. */
export const documentOf = (rule: NaiveRule, title = 'A rule', more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    title,
    ...more,
    logsource: { category: 'test' },
    detection: { ...rule.selections, condition: written(rule.condition) },
  });

// A small alphabet, so that values meet: both letter cases, the special characters, a digit.
const piece = fc.constantFrom('a', 'A', 'b', 'B', '1', '*', '?', '\\', '-');
const text = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
const names = fc.constantFrom('F', 'G', 'H');
const chain = fc.constantFrom(
  '',
  '|contains',
  '|startswith',
  '|endswith',
  '|cased',
  '|cased|contains',
  '|neq',
  '|contains|neq',
);

const entry: fc.Arbitrary<[string, Value | Value[]]> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(names, chain, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })))
      .map(([name, modifiers, value]): [string, Value | Value[]] => [`${name}${modifiers}`, value]),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(names, fc.array(text, { minLength: 2, maxLength: 3 }))
      .map(([name, values]): [string, Value | Value[]] => [`${name}|contains|all`, values]),
  },
  { weight: 1, arbitrary: names.map((name): [string, Value | Value[]] => [name, null]) },
);
const fields = fc.array(entry, { minLength: 1, maxLength: 3 }).map((entries): Fields => Object.fromEntries(entries));
const someSelection: fc.Arbitrary<Selection> = fc.oneof(
  { weight: 5, arbitrary: fields },
  { weight: 2, arbitrary: fc.array(fields, { minLength: 1, maxLength: 3 }) },
  {
    weight: 2,
    arbitrary: fc.array(
      text.filter((each) => each !== ''),
      { minLength: 1, maxLength: 3 },
    ),
  },
);
const someCondition = fc.letrec<{ tree: Condition; leaf: Condition }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom('sel_a', 'sel_b', '_c').map((name): Condition => ({ op: 'name', name })),
    fc
      .constantFrom('them', 'sel_*', '*_a', 's*b')
      .chain((pattern) =>
        fc.constantFrom(1 as const, 'all' as const).map((count): Condition => ({ op: 'of', count, pattern })),
      ),
    fc.constant<Condition>({ op: 'of', count: 2, pattern: 'sel_*' }),
  ),
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('leaf'),
    tie('tree').map((of): Condition => ({ op: 'not', of })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('tree'), tie('tree'))
      .map(([op, left, right]): Condition => ({ op, left, right })),
  ),
})).tree;

/** Rules over the fields F, G and H, with three selections. */
export const someRule: fc.Arbitrary<NaiveRule> = fc.record({
  selections: fc.record({ sel_a: someSelection, sel_b: someSelection, _c: someSelection }),
  condition: someCondition,
});

const literal = fc
  .array(fc.constantFrom('a', 'A', 'b', 'B', '1', '*', '?', '\\', '-', '\n'), { maxLength: 6 })
  .map((parts) => parts.join(''));

/** Events over the same fields: some absent, some null, some numbers. */
export const someEvent: fc.Arbitrary<NaiveEvent> = fc.dictionary(
  names,
  fc.oneof(
    { weight: 8, arbitrary: literal },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom(1, 11) },
  ),
);
