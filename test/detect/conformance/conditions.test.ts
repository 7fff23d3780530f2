import { describe, expect, test } from 'vitest';
import type { NativeEvent } from '../../../src/detect/rule.ts';
import { detecting, expectTold, matches } from '../one-rule.ts';

/** A rule whose selection `name` holds for events that have that name with the value 1. */
const over = (names: string[], condition: string) =>
  detecting(`${names.map((name) => `${name}: {${name}: 1}`).join('\n')}\ncondition: ${condition}`);

const event = (names: string): NativeEvent => Object.fromEntries(names.split(' ').map((name) => [name, 1]));
const events = (...list: string[]) => list.map(event);

/** Every event over the names: 2 to the power of their number. */
const allEvents = (names: string[]) =>
  Array.from({ length: 2 ** names.length }, (_, bits) =>
    Object.fromEntries(names.flatMap((name, bit) => ((bits >> bit) & 1 ? [[name, 1]] : []))),
  );

describe('Rules, Condition: and, or, not, brackets', () => {
  type Truth = (e: NativeEvent) => boolean;
  const table: [string, Truth][] = [
    ['a', (e) => !!e.a],
    ['a and b', (e) => !!e.a && !!e.b],
    ['a or b', (e) => !!e.a || !!e.b],
    ['not a', (e) => !e.a],
    ['a or b and c', (e) => !!e.a || (!!e.b && !!e.c)],
    ['a and b or c', (e) => (!!e.a && !!e.b) || !!e.c],
    ['(a or b) and c', (e) => (!!e.a || !!e.b) && !!e.c],
    ['not a and b', (e) => !e.a && !!e.b],
    ['not a or b', (e) => !e.a || !!e.b],
    ['not (a and b)', (e) => !(e.a && e.b)],
    ['a and not b', (e) => !!e.a && !e.b],
    ['not not a', (e) => !!e.a],
    ['not (not a or not (b and c))', (e) => !!e.a && !!e.b && !!e.c],
    ['a and b and c', (e) => !!e.a && !!e.b && !!e.c],
    ['a or b or c', (e) => !!e.a || !!e.b || !!e.c],
    ['a and (b or (c and not a))', (e) => !!e.a && (!!e.b || (!!e.c && !e.a))],
    ['((a))', (e) => !!e.a],
    ['(a)or(b)', (e) => !!e.a || !!e.b],
    ['a   and\tb', (e) => !!e.a && !!e.b],
    ['not 1 of b* and a', (e) => !e.b && !!e.a],
    ['1 of a* or 1 of b* and c', (e) => !!e.a || (!!e.b && !!e.c)],
    ['all of (them)'.replace(/[()]/g, ''), (e) => !!e.a && !!e.b && !!e.c],
  ];

  test.each(table)('%s', (condition, truth) => {
    const names = ['a', 'b', 'c'];
    const rule = over(names, JSON.stringify(condition));
    const outcomes = new Set<boolean>();
    for (const each of allEvents(names)) {
      const expected = truth(each);
      outcomes.add(expected);
      expect(matches(rule, each), `${condition} on ${JSON.stringify(each)}`).toBe(expected);
    }
    expect(outcomes).toEqual(new Set([true, false]));
  });

  test('a condition may run over lines', () => {
    const rule = detecting('a: {a: 1}\nb: {b: 1}\ncondition: >\n  a\n  and b');
    expectTold(rule, { matches: events('a b'), not: events('a', 'b') });
  });

  test('names that begin with a word of the language are names', () => {
    const names = ['notable', 'order', 'android', 'all_x', 'of', 'x-1', '1st'];
    expectTold(over(names, 'notable and order and android and all_x and x-1 and 1st'), {
      matches: events(names.join(' ')),
      not: names.filter((name) => name !== 'of').map((name) => event(names.filter((n) => n !== name).join(' '))),
    });
  });
});

describe('Rules, Condition: x of', () => {
  test('1 of them', () => {
    expectTold(over(['a', 'b', '_c'], '1 of them'), { matches: events('a', 'b', 'a b'), not: events('_c', 'x') });
  });

  test('all of them', () => {
    expectTold(over(['a', 'b', '_c'], 'all of them'), { matches: events('a b', 'a b _c'), not: events('a _c', 'b') });
  });

  test('a selection with an underscore counts when it is named', () => {
    expectTold(over(['a', '_c'], '1 of them and _c'), { matches: events('a _c'), not: events('a', '_c') });
  });

  test('1 of a pattern', () => {
    expectTold(over(['sel_a', 'sel_b', 'other'], '1 of sel_*'), {
      matches: events('sel_a', 'sel_b'),
      not: events('other', 'sel'),
    });
  });

  test('all of a pattern', () => {
    expectTold(over(['sel_a', 'sel_b', 'other'], 'all of sel*'), {
      matches: events('sel_a sel_b'),
      not: events('sel_a other', 'sel_b other'),
    });
  });

  test('a star may stand at any place, and more than one', () => {
    expectTold(over(['a_x_1', 'a_y_2', 'b_x_1'], '1 of a_*_1'), {
      matches: events('a_x_1'),
      not: events('a_y_2', 'b_x_1'),
    });
    expectTold(over(['a_x', 'b_x', 'b_y'], 'all of *_x'), { matches: events('a_x b_x'), not: events('a_x b_y') });
    expectTold(over(['one_x_1', 'two_x_2', 'x'], '1 of *_x_*'), {
      matches: events('one_x_1', 'two_x_2'),
      not: events('x'),
    });
  });

  test('a star alone leaves out what begins with an underscore', () => {
    expectTold(over(['a', 'b', '_c'], '1 of *'), { matches: events('a', 'b'), not: events('_c') });
  });

  test('a pattern without a star is one name', () => {
    expectTold(over(['sel', 'sel_b'], '1 of sel'), { matches: events('sel'), not: events('sel_b') });
  });

  test('the pattern looks at the whole name, letter case included', () => {
    expectTold(over(['sel_a', 'my_sel_a', 'Sel_b'], '1 of sel_*'), {
      matches: events('sel_a'),
      not: events('my_sel_a', 'Sel_b'),
    });
  });

  test.each([2, 3])('%i of a pattern: at least so many', (count) => {
    const names = ['sel_a', 'sel_b', 'sel_c', 'sel_d', 'other'];
    const rule = over(names, `${count} of sel_*`);
    for (const each of allEvents(names)) {
      const held = Object.keys(each).filter((name) => name.startsWith('sel_')).length;
      expect(matches(rule, each), JSON.stringify(each)).toBe(held >= count);
    }
  });

  test('2 of them', () => {
    expectTold(over(['a', 'b', 'c', '_d'], '2 of them'), {
      matches: events('a b', 'b c', 'a b c'),
      not: events('a _d', 'c'),
    });
  });

  test('the form most rules have', () => {
    expectTold(
      over(
        ['selection_a', 'selection_b', 'filter_main_x', 'filter_optional_y'],
        'all of selection_* and not 1 of filter_main_* and not 1 of filter_optional_*',
      ),
      {
        matches: events('selection_a selection_b'),
        not: events(
          'selection_a',
          'selection_a selection_b filter_main_x',
          'selection_a selection_b filter_optional_y',
        ),
      },
    );
  });
});

describe('Rules, Condition: a list', () => {
  test('its conditions are linked with or, and match once', () => {
    expectTold(detecting('a: {a: 1}\nb: {b: 1}\nc: {c: 1}\ncondition:\n  - a and b\n  - c'), {
      matches: events('a b', 'c', 'a b c'),
      not: events('a', 'b'),
    });
  });

  test('of one condition is that condition', () => {
    expectTold(detecting('a: {a: 1}\ncondition: [not a]'), { matches: events('b'), not: events('a') });
  });
});
