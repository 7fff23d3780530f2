import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import { correlation, matches, refsOf, rule, seen, type Told } from './rules.ts';

const a = rule('a');
const b = rule('b');
const c = rule('c');

describe('Sigma correlation rules specification, "Temporal Proximity (temporal)"', () => {
  const all = correlation('temporal', [a, b, c]);

  test('fires when every rule has matched, in whatever order, with all that matched', () => {
    expect(
      refsOf(
        [all],
        [
          [c, 1],
          [a, 2],
          [a, 3],
          [b, 4],
        ],
      ),
    ).toEqual(['c1 a2 a3 b4']);
  });

  test('does not fire while one of the rules has not matched', () => {
    expect(
      refsOf(
        [all],
        [
          [a, 1],
          [b, 2],
          [a, 3],
          [b, 4],
        ],
      ),
    ).toEqual([]);
  });

  test('does not fire when they are further apart than the timespan, both ends included', () => {
    expect(
      refsOf(
        [all],
        [
          [a, 0],
          [b, 30],
          [c, 61],
        ],
      ),
    ).toEqual([]);
    expect(
      refsOf(
        [all],
        [
          [a, 0],
          [b, 30],
          [c, 60],
        ],
      ),
    ).toEqual(['a0 b30 c60']);
  });

  test('is not restricted to boundaries of the minute, hour or day', () => {
    const day = 86_400;
    expect(
      refsOf(
        [all],
        [
          [a, day - 2],
          [b, day - 1],
          [c, day + 57],
        ],
      ),
    ).toEqual([`a${day - 2} b${day - 1} c${day + 57}`]);
  });

  test('needs every rule anew after a match', () => {
    expect(
      refsOf(
        [all],
        [
          [a, 1],
          [b, 2],
          [c, 3],
          [c, 4],
          [b, 5],
          [a, 6],
        ],
      ),
    ).toEqual(['a1 b2 c3', 'c4 b5 a6']);
  });

  test('one event that several rules matched counts for each of them, and is told once', () => {
    const both: Told[] = [
      [a, 1, {}, 'event'],
      [b, 1, {}, 'event'],
      [c, 2, {}, 'other'],
    ];
    expect(refsOf([all], both)).toEqual(['event other']);
  });

  test('with a condition counts the different rules that matched', () => {
    const two = correlation('temporal', [a, b, c], { condition: { gte: 2 } });
    expect(
      refsOf(
        [two],
        [
          [a, 1],
          [a, 2],
          [c, 3],
        ],
      ),
    ).toEqual(['a1 a2 c3']);
  });

  test('with an upper bound is judged when the window is over', () => {
    const one = correlation('temporal', [a, b, c], { condition: { eq: 1 } });
    expect(
      refsOf(
        [one],
        [
          [a, 0],
          [a, 1],
          [a, 100],
          [b, 101],
        ],
      ),
    ).toEqual(['a0 a1']);
  });
});

describe('Sigma correlation rules specification, "Ordered Temporal Proximity (temporal_ordered)"', () => {
  const abc = correlation('temporal_ordered', [a, b, c]);

  test('fires when the last rule matches after the others matched in order', () => {
    expect(
      refsOf(
        [abc],
        [
          [a, 1],
          [b, 2],
          [c, 3],
        ],
      ),
    ).toEqual(['a1 b2 c3']);
  });

  test('does not fire on another order', () => {
    expect(
      refsOf(
        [abc],
        [
          [a, 1],
          [c, 2],
          [b, 3],
        ],
      ),
    ).toEqual([]);
    expect(
      refsOf(
        [abc],
        [
          [c, 1],
          [b, 2],
          [a, 3],
        ],
      ),
    ).toEqual([]);
  });

  test('tells the events that stand in the order, not those before their turn', () => {
    expect(
      refsOf(
        [abc],
        [
          [b, 0],
          [a, 1],
          [c, 2],
          [a, 3],
          [b, 4],
          [b, 5],
          [c, 6],
        ],
      ),
    ).toEqual(['a1 a3 b4 b5 c6']);
  });

  test('an earlier start out of reach does not hide a later one within it', () => {
    expect(
      refsOf(
        [abc],
        [
          [a, 0],
          [b, 1],
          [a, 50],
          [b, 51],
          [c, 70],
        ],
      ),
    ).toEqual(['a50 b51 c70']);
    expect(
      refsOf(
        [abc],
        [
          [a, 0],
          [b, 50],
          [a, 51],
          [c, 70],
        ],
      ),
    ).toEqual([]);
  });

  test('equal times count as ordered: logs have seconds', () => {
    expect(
      refsOf(
        [abc],
        [
          [c, 1],
          [b, 1],
          [a, 1],
        ],
      ),
    ).toEqual(['a1 b1 c1']);
  });

  test('an event that arrives late completes the order', () => {
    const correlator = new Correlator<string>([abc]);
    for (const told of [
      [a, 1],
      [c, 30],
      [c, 45],
    ] satisfies Told[])
      expect(correlator.add(seen(told))).toEqual([]);
    expect(correlator.add(seen([b, 10]))).toMatchObject([{ refs: ['a1', 'b10', 'c30'], time: 30_000 }]);
  });

  test('with a condition asks for that many different rules in order', () => {
    const two = correlation('temporal_ordered', [a, b, c], { condition: { gte: 2 } });
    expect(
      refsOf(
        [two],
        [
          [c, 1],
          [b, 2],
          [a, 3],
        ],
      ),
    ).toEqual([]);
    expect(
      refsOf(
        [two],
        [
          [c, 1],
          [a, 2],
          [c, 3],
        ],
      ),
    ).toEqual(['a2 c3']);
    expect(
      refsOf(
        [two],
        [
          [b, 1],
          [c, 3],
        ],
      ),
    ).toEqual(['b1 c3']);
  });

  test('with an upper bound measures the longest order when the window is over', () => {
    const exactly = correlation('temporal_ordered', [a, b, c], { condition: { eq: 2 } });
    expect(
      matches(
        [exactly],
        [
          [c, 0],
          [a, 1],
          [b, 2],
        ],
      ),
    ).toMatchObject([{ value: 2 }]);
    expect(
      matches(
        [exactly],
        [
          [a, 0],
          [b, 1],
          [c, 2],
        ],
      ),
    ).toEqual([]);
  });

  test('a condition that asks for more rules than there are never holds', () => {
    expect(
      refsOf(
        [correlation('temporal_ordered', [a, b], { condition: { gt: 2 } })],
        [
          [a, 1],
          [b, 2],
        ],
      ),
    ).toEqual([]);
  });
});
