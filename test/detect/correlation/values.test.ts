import { describe, expect, test } from 'vitest';
import type { Correlation } from '../../../src/detect/rule.ts';
import { correlation, matches, refsOf, rule, type Told } from './rules.ts';

const a = rule('a');

/** An event a second, each with a value of the field `v`. */
function values(...all: unknown[]): Told[] {
  return all.map((v, second) => [a, second, { v }]);
}

function over(type: Correlation['type'], more: Partial<Correlation>): Correlation[] {
  return [correlation(type, [a], { valueFields: ['v'], ...more })];
}

describe('Sigma correlation rules specification, "Value Count (value_count)"', () => {
  const three = over('value_count', { condition: { gte: 3 } });

  test('fires when the window holds that many different values, with all its events', () => {
    expect(matches(three, values('x', 'x', 'y', 'x', 'z'))).toMatchObject([
      { refs: ['a0', 'a1', 'a2', 'a3', 'a4'], value: 3 },
    ]);
  });

  test('a value that has left the window no longer counts', () => {
    expect(
      refsOf(three, [
        [a, 0, { v: 'x' }],
        [a, 1, { v: 'y' }],
        [a, 61, { v: 'z' }],
      ]),
    ).toEqual([]);
    expect(
      refsOf(three, [
        [a, 0, { v: 'x' }],
        [a, 1, { v: 'y' }],
        [a, 60, { v: 'z' }],
      ]),
    ).toEqual(['a0 a1 a60']);
  });

  test('events without the value do not take part', () => {
    expect(refsOf(three, values('x', undefined, 'y', null, {}, 'z'))).toEqual(['a0 a2 a5']);
  });

  test('several fields count as one tuple', () => {
    const pairs = over('value_count', { valueFields: ['v', 'w'], condition: { gte: 2 } });
    expect(
      refsOf(pairs, [
        [a, 0, { v: 1, w: 2 }],
        [a, 1, { v: 1, w: 2 }],
        [a, 2, { v: 1 }],
        [a, 3, { v: 2, w: 1 }],
      ]),
    ).toEqual(['a0 a1 a3']);
  });

  test('numbers are compared by their text, texts exactly', () => {
    expect(refsOf(over('value_count', { condition: { gte: 2 } }), values(4688, '4688'))).toEqual([]);
    expect(refsOf(over('value_count', { condition: { gte: 2 } }), values('hana', 'HANA'))).toEqual(['a0 a1']);
  });

  test('an array counts each of its elements', () => {
    expect(refsOf(three, values(['x', 'y'], 'z'))).toEqual(['a0 a1']);
  });

  test('with an upper bound is judged when the window is over', () => {
    expect(matches(over('value_count', { condition: { lt: 2 } }), values('x', 'x'))).toMatchObject([{ value: 1 }]);
    expect(matches(over('value_count', { condition: { lt: 2 } }), values('x', 'y'))).toEqual([]);
  });
});

describe('Sigma correlation rules specification, "Value Sum (value_sum)"', () => {
  test('fires when the sum passes the bound; texts that are numbers count, others do not take part', () => {
    expect(matches(over('value_sum', { condition: { gt: 100 } }), values(60, '40', 'many', true, '1e0'))).toMatchObject(
      [{ refs: ['a0', 'a1', 'a4'], value: 101 }],
    );
  });

  test('a number that has left the window leaves no rounding behind', () => {
    const told: Told[] = [
      [a, 0, { v: -1e17 }],
      [a, 1, { v: 0.1 }],
      [a, 61, { v: 5 }],
    ];
    expect(matches(over('value_sum', { condition: { gte: 5.1 } }), told)).toMatchObject([{ value: 5.1 }]);
  });

  test('an upper bound is judged when the window is over', () => {
    expect(matches(over('value_sum', { condition: { lt: 10 } }), values(3, 4))).toMatchObject([{ value: 7 }]);
  });
});

describe('Sigma correlation rules specification, "Value Average (value_avg)"', () => {
  test('judges the whole window, not its beginning', () => {
    expect(matches(over('value_avg', { condition: { gt: 500 } }), values(1000, 100, 100))).toEqual([]);
    expect(matches(over('value_avg', { condition: { gt: 500 } }), values(100, 1000, 700))).toMatchObject([
      { refs: ['a0', 'a1', 'a2'], value: 600 },
    ]);
  });

  test('leaves out events without a number', () => {
    expect(matches(over('value_avg', { condition: { gte: 2 } }), values(1, 'x', 3))).toMatchObject([{ value: 2 }]);
    expect(matches(over('value_avg', { condition: { lt: 2 } }), values('x', undefined))).toEqual([]);
  });
});

describe('Sigma correlation rules specification, "Value Percentile (value_percentile)"', () => {
  test.each([
    [50, 2.5],
    [0, 1],
    [100, 4],
    [90, 3.7],
  ])('percentile %d of 1, 2, 3, 4 is %d', (percentile, value) => {
    const [match] = matches(over('value_percentile', { percentile, condition: { gte: 0 } }), values(4, 1, 3, 2));
    expect(match?.value).toBeCloseTo(value, 12);
  });

  test('the percentile is compared with the condition', () => {
    const median = over('value_percentile', { percentile: 50, condition: { gt: 10 } });
    expect(matches(median, values(1, 11, 12))).toMatchObject([{ value: 11 }]);
    expect(matches(median, values(1, 10, 12))).toEqual([]);
  });

  test('without a percentile tells each value that is as rare among the events of the window', () => {
    const common = Array.from({ length: 98 }, () => 'svchost.exe');
    const told = values(...common, 'odd.exe', 'rare.exe').map(
      ([r, s, f]): Told => [r, s / 10, { ...f, host: 'web-01' }],
    );
    const rare = over('value_percentile', { condition: { lte: 1 }, groupBy: ['host'] });
    expect(matches(rare, told)).toMatchObject([
      { refs: ['a9.8'], value: 1, group: { host: 'web-01', v: 'odd.exe' } },
      { refs: ['a9.9'], value: 1, group: { host: 'web-01', v: 'rare.exe' } },
    ]);
  });
});
