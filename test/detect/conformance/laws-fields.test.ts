import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/detect/engine.ts';
import { explain } from '../../../src/detect/explain.ts';
import { detecting, matches, reading, selecting } from '../one-rule.ts';
import { documentOf, naively, someEvent, someRule } from './naive.ts';

const logsource = { category: 'test' };

interface Tree {
  [key: string]: Node;
}
type Node = string | number | null | Tree | Node[];

const scalar = fc.constantFrom<Node>('x', 'y', 1, null, '');
const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', 'a.b.c');
const tree = fc.letrec<{ node: Node; map: Tree }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, scalar, tie('map'), fc.array(tie('node'), { maxLength: 3 })),
  map: fc.dictionary(key, tie('node'), { maxKeys: 3 }),
})).map;
const path = fc.constantFrom('a', 'a.b', 'a.b.c', 'b.c', 'c');

/** Values at a path: its last keys may be written as one with points, arrays are stepped through. */
function valuesAt(node: Node | undefined, segments: string[]): Node[] {
  if (node === undefined) return [];
  if (Array.isArray(node)) return node.flatMap((element) => valuesAt(element, segments));
  const [first, ...rest] = segments;
  if (first === undefined) return [node];
  if (typeof node !== 'object' || node === null) return [];
  const whole = segments.join('.');
  const flat = rest.length > 0 && Object.hasOwn(node, whole) ? valuesAt(node[whole], []) : [];
  return [...flat, ...(Object.hasOwn(node, first) ? valuesAt(node[first], rest) : [])];
}

/** Every scalar of an event. */
function scalarsOf(node: Node): Node[] {
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(scalarsOf) : [node];
}

describe('Law: fields are found by their path (Rules, Field Usage)', () => {
  test('in nested maps, in keys with points, in arrays of anything', () => {
    const outcomes = new Set<boolean>();
    fc.assert(
      fc.property(path, tree, (field, event) => {
        const expected = valuesAt(event, field.split('.')).includes('x');
        outcomes.add(expected);
        expect(matches(selecting(`${field}: x`), event)).toBe(expected);
      }),
      { numRuns: 1500 },
    );
    expect(outcomes.size).toBe(2);
  });

  test('a match tells any field, whether its rule tests it or not', () => {
    const { rules } = reading({ 'a.yml': detecting('never: {never: 1}\ncondition: not never') });
    const engine = new Engine(rules, []);
    fc.assert(
      fc.property(path, tree, (field, event) => {
        const [match] = engine.match(event, logsource);
        const texts = (nodes: unknown[]) => nodes.filter((node) => typeof node === 'string').sort();
        expect(texts([match?.value(field)].flat(9))).toEqual(texts(valuesAt(event, field.split('.'))));
      }),
      { numRuns: 1000 },
    );
  });

  test('a keyword is found at any place', () => {
    fc.assert(
      fc.property(tree, (event) => {
        const rule = detecting('k: [x]\ncondition: k');
        expect(matches(rule, event)).toBe(scalarsOf(event).includes('x'));
      }),
      { numRuns: 500 },
    );
  });

  test('fields below a path are told apart like those at the top', () => {
    fc.assert(
      fc.property(someRule, someEvent, (rule, event) => {
        const deep = documentOf(rule).replace(/"([FGH])(["|])/g, '"p.q.$1$2');
        expect(matches(deep, { p: { q: event } })).toBe(naively(rule, event));
        expect(matches(deep, { p: [{ q: [event] }] })).toBe(naively(rule, event));
      }),
    );
  });
});

describe('Law: the explanation of a rule says what the engine says', () => {
  test('for fields at any path', () => {
    fc.assert(
      fc.property(path, path, tree, (field, other, event) => {
        const [rule] = reading({
          'a.yml': detecting(
            `a: {${field}: x}\nb: {${other}: [y, 1]}\nc: {${other}: null}\ncondition: a and not b or c`,
          ),
        }).rules;
        if (!rule) throw new Error('The rule was not read.');
        const matched = new Engine([rule], []).match(event, logsource).length === 1;
        expect(explain(rule, event, [], logsource)).toMatchObject({ matches: matched, forIt: true });
      }),
      { numRuns: 1000 },
    );
  });

  test('for rules of every form', () => {
    fc.assert(
      fc.property(someRule, someEvent, (naive, event) => {
        const [rule] = reading({ 'a.yml': documentOf(naive) }).rules;
        if (!rule) throw new Error('The rule was not read.');
        expect(explain(rule, event, [], logsource).matches).toBe(naively(naive, event));
        expect(explain(rule, event, [], { category: 'other' }).matches).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('Law: many rules at once', () => {
  test('three hundred rules match what each matches alone', () => {
    fc.assert(
      fc.property(
        fc.array(someRule, { minLength: 300, maxLength: 300 }),
        fc.array(someEvent, { minLength: 30, maxLength: 30 }),
        (rules, events) => {
          const files = Object.fromEntries(rules.map((rule, k) => [`${k}.yml`, documentOf(rule, `${k}`)]));
          const engine = new Engine(reading(files).rules, []);
          for (const event of events) {
            const expected = rules.flatMap((rule, k) => (naively(rule, event) ? [`${k}`] : []));
            expect(engine.match(event, logsource).map((match) => match.rule.title)).toEqual(expected);
          }
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('Rules, Field Usage: spaces', () => {
  test('a field is also found under its name with spaces', () => {
    expect(matches(selecting('SAMUserAccount: kai'), { 'SAM User Account': 'kai' })).toBe(true);
    expect(matches(selecting('SAMUserAccount: kai'), { data: { 'SAM User Account': 'kai' } })).toBe(false);
    expect(matches(selecting('data.SAMUserAccount: kai'), { data: { 'SAM User Account': 'kai' } })).toBe(true);
  });
});
