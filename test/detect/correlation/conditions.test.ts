import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import type { CountCondition } from '../../../src/detect/rule.ts';
import { correlation, refsOf, rule, seen, type Told } from './rules.ts';

const a = rule('a');

/** The sizes, from 1 to 5, of a burst that a condition on its count matches. */
function sizes(condition: CountCondition): number[] {
  const counted = correlation('event_count', [a], { condition });
  return [1, 2, 3, 4, 5].filter((size) => {
    const told = Array.from({ length: size }, (_, i): Told => [a, i]);
    return refsOf([counted], told).includes(told.map(([, second]) => `a${second}`).join(' '));
  });
}

describe('Sigma correlation rules specification, "Condition"', () => {
  test.each<[CountCondition, number[]]>([
    [{ lt: 3 }, [1, 2]],
    [{ lte: 3 }, [1, 2, 3]],
    [{ eq: 3 }, [3]],
    [{ neq: 3 }, [1, 2, 4, 5]],
    [{ gt: 1, lte: 3 }, [2, 3]],
    [{ gte: 2, lt: 4, neq: 3 }, [2]],
    [{ gt: 2, lt: 3 }, []],
  ])('%j matches a whole window of these sizes: %j', (condition, expected) => {
    expect(sizes(condition)).toEqual(expected);
  });

  test('gt asks for one more than gte does', () => {
    const told = [1, 2, 3, 4].map((second): Told => [a, second]);
    expect(refsOf([correlation('event_count', [a], { condition: { gte: 3 } })], told)).toEqual(['a1 a2 a3']);
    expect(refsOf([correlation('event_count', [a], { condition: { gt: 3 } })], told)).toEqual(['a1 a2 a3 a4']);
  });

  test('an upper bound is judged when the window is over, not before', () => {
    const correlator = new Correlator<string>([correlation('event_count', [a], { condition: { lte: 2 } })]);
    expect(correlator.add(seen([a, 10]))).toEqual([]);
    expect(correlator.advance(70_000)).toEqual([]);
    expect(correlator.advance(70_001).map((match) => [match.time, match.refs, match.value])).toEqual([
      [10_000, ['a10'], 1],
    ]);
  });

  test('a window that did not match consumes its events as well', () => {
    const one = correlation('event_count', [a], { condition: { eq: 1 } });
    expect(
      refsOf(
        [one],
        [
          [a, 0],
          [a, 60],
          [a, 61],
        ],
      ),
    ).toEqual(['a61']);
  });

  test('a window begins at the first event that no window has consumed', () => {
    const two = correlation('event_count', [a], { condition: { eq: 2 } });
    expect(
      refsOf(
        [two],
        [
          [a, 50],
          [a, 110],
          [a, 111],
          [a, 171],
          [a, 172],
        ],
      ),
    ).toEqual(['a50 a110', 'a111 a171']);
  });

  test('a later event of the group ends a window once it is later than events may be out of order', () => {
    const correlator = new Correlator<string>([correlation('event_count', [a], { condition: { lte: 2 } })]);
    correlator.add(seen([a, 0]));
    expect(correlator.add(seen([a, 120]))).toEqual([]);
    expect(correlator.add(seen([a, 121])).map((match) => match.refs)).toEqual([['a0']]);
  });
});
