import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import { correlation, refsOf, rule, seen, type Told } from './rules.ts';

const a = rule('a');
const b = rule('b');

describe('Sigma correlation rules specification, "Event Count (event_count)"', () => {
  const three = correlation('event_count', [a], { condition: { gte: 3 } });

  test('fires with the event that completes the count, and says which events, when and how many', () => {
    const correlator = new Correlator<string>([three]);
    expect(correlator.add(seen([a, 1]))).toEqual([]);
    expect(correlator.add(seen([a, 2]))).toEqual([]);
    expect(correlator.add(seen([a, 30]))).toEqual([
      { rule: three, time: 30_000, refs: ['a1', 'a2', 'a30'], group: {}, value: 3 },
    ]);
    expect(correlator.finish()).toEqual([]);
  });

  test('consumes the events of a match: the next one needs new ones', () => {
    const told = [0, 1, 2, 3, 4, 5, 6].map((second): Told => [a, second]);
    expect(refsOf([three], told)).toEqual(['a0 a1 a2', 'a3 a4 a5']);
  });

  test('counts the events of all the rules it names', () => {
    const both = correlation('event_count', [a, b], { condition: { gte: 3 } });
    expect(
      refsOf(
        [both],
        [
          [a, 1],
          [b, 2],
          [a, 3],
        ],
      ),
    ).toEqual(['a1 b2 a3']);
  });

  test('ignores rules it does not name', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 1],
          [b, 2],
          [a, 3],
        ],
      ),
    ).toEqual([]);
  });
});

describe('Sigma correlation rules specification, "Time Selection"', () => {
  const two = correlation('event_count', [a], { condition: { gte: 2 } });

  test('events exactly a timespan apart are in one window, a millisecond more is too far', () => {
    expect(
      refsOf(
        [two],
        [
          [a, 0],
          [a, 60],
        ],
      ),
    ).toEqual(['a0 a60']);
    expect(
      refsOf(
        [two],
        [
          [a, 0],
          [a, 60.001],
        ],
      ),
    ).toEqual([]);
  });

  test('an event without a time does not take part', () => {
    expect(
      refsOf(
        [two],
        [
          [a, 0],
          [a, Number.NaN],
          [a, Number.POSITIVE_INFINITY],
        ],
      ),
    ).toEqual([]);
  });
});
