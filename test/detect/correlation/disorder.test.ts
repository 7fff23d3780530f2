import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import { correlation, refsOf, rule, seen, type Told } from './rules.ts';

const a = rule('a');
const three = correlation('event_count', [a], { condition: { gte: 3 } });
const lone = correlation('event_count', [a], { condition: { eq: 1 } });

describe('Sigma correlation rules specification, "Temporal relationships are only recognized within static time boundaries"', () => {
  test.each([
    ['minute', 60],
    ['hour', 3600],
    ['day', 86_400],
    ['year', 365 * 86_400],
  ])('a window is not cut where a %s begins', (_, boundary) => {
    const told = [-30, -1, 29].map((second): Told => [a, boundary + second]);
    expect(refsOf([three], told)).toHaveLength(1);
    expect(refsOf([correlation('event_count', [a], { condition: { eq: 3 } })], told)).toHaveLength(1);
  });

  test('a window slides: what came too early does not keep later events from matching', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 0],
          [a, 50],
          [a, 70],
          [a, 109],
        ],
      ),
    ).toEqual(['a50 a70 a109']);
  });
});

describe('events out of order', () => {
  test('count where they belong in time', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 30],
          [a, 10],
          [a, 20],
        ],
      ),
    ).toEqual(['a10 a20 a30']);
  });

  test('complete a window that ended before the newest event', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 0],
          [a, 30],
          [a, 100],
          [a, 10],
        ],
      ),
    ).toEqual(['a0 a10 a30']);
  });

  test('do not complete a window they are too far from', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 100],
          [a, 130],
          [a, 39],
        ],
      ),
    ).toEqual([]);
  });

  test('make no difference to what is judged at the end of a window, within a timespan', () => {
    const told: Told[] = [
      [a, 0],
      [a, 50],
      [a, 61],
      [a, 130],
      [a, 131],
      [a, 300],
    ];
    const shuffled: Told[] = [
      [a, 50],
      [a, 0],
      [a, 61],
      [a, 131],
      [a, 130],
      [a, 300],
    ];
    expect(refsOf([lone], shuffled)).toEqual(refsOf([lone], told));
    expect(refsOf([lone], told)).toEqual(['a61', 'a300']);
  });

  test('are counted as late, and nothing else, once their window is judged', () => {
    const correlator = new Correlator<string>([lone]);
    for (const second of [0, 200]) correlator.add(seen([a, second]));
    correlator.add(seen([a, 30]));
    expect(correlator.dropped.late).toBe(1);
    expect(correlator.finish().map((match) => match.refs)).toEqual([['a200']]);
  });

  test('that break a promise still count where nothing has been judged', () => {
    const correlator = new Correlator<string>([three]);
    correlator.advance(10_000_000);
    const told: Told[] = [
      [a, 1],
      [a, 2],
      [a, 3],
    ];
    expect(told.flatMap((one) => correlator.add(seen(one))).map((match) => match.refs)).toEqual([['a1', 'a2', 'a3']]);
  });

  test('with a date far ahead hold up nobody else, nor their own group for good', () => {
    const byUser = correlation('event_count', [a], { condition: { gte: 3 }, groupBy: ['user'] });
    const told: Told[] = [
      [a, 1, { user: 'x' }],
      [a, 4e9, { user: 'y' }],
      [a, 2, { user: 'x' }],
      [a, 3, { user: 'x' }],
      [a, 4, { user: 'y' }],
      [a, 5, { user: 'y' }],
      [a, 6, { user: 'y' }],
    ];
    expect(refsOf([byUser], told)).toEqual(['a1 a2 a3', 'a4 a5 a6']);
  });
});

describe('the same event told twice', () => {
  test('counts once', () => {
    expect(
      refsOf(
        [three],
        [
          [a, 1],
          [a, 1],
          [a, 2],
          [a, 1],
          [a, 2],
        ],
      ),
    ).toEqual([]);
    expect(
      refsOf(
        [lone],
        [
          [a, 1],
          [a, 1],
        ],
      ),
    ).toEqual(['a1']);
  });

  test('counts once when two of the rules matched it, also when the first of them completed a match', () => {
    const b = rule('b');
    const two = correlation('event_count', [a, b], { condition: { gte: 2 } });
    const told: Told[] = [
      [a, 1, {}, 'one'],
      [b, 1, {}, 'one'],
      [a, 2, {}, 'two'],
      [b, 2, {}, 'two'],
      [a, 3, {}, 'three'],
    ];
    expect(refsOf([two], told)).toEqual(['one two']);
  });

  test('is known again by plain data too', () => {
    const correlator = new Correlator<{ file: string; event: number }>([three]);
    const tell = (event: number) =>
      correlator.add({ rule: a, time: event, value: () => undefined, ref: { file: '-', event } });
    expect([0, 0, 1, 1].flatMap(tell)).toEqual([]);
    expect(tell(2)).toMatchObject([{ refs: [0, 1, 2].map((event) => ({ file: '-', event })) }]);
  });
});
