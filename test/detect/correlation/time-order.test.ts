import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CorrelationMatch } from '../../../src/detect/correlation/seen.ts';
import { TimeOrder } from '../../../src/detect/correlation/time-order.ts';
import type { Correlation } from '../../../src/detect/rule.ts';
import { correlation, matches, rule, seen, type Told } from './rules.ts';

const [a, b, c] = [rule('a'), rule('b'), rule('c')] as const;
const grouped = { groupBy: ['user'] };
const correlations = [
  correlation('event_count', [a], { ...grouped, condition: { gte: 3 } }),
  correlation('value_count', [a, b], { ...grouped, valueFields: ['host'], condition: { gt: 2 } }),
  correlation('temporal_ordered', [a, b, c], grouped),
  correlation('event_count', [c], { ...grouped, condition: { lt: 3 } }),
];

/** Events of a few people within a quarter of an hour, no two at the same time, as they happened. */
const story = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 60 }).chain((seconds) =>
  fc.tuple(
    ...seconds
      .sort((x, y) => x - y)
      .map((second) =>
        fc
          .record({
            of: fc.constantFrom(a, b, c),
            user: fc.constantFrom('u', 'v'),
            host: fc.constantFrom('1', '2', '3'),
          })
          .map(({ of, user, host }): Told => [of, second, { user, host }]),
      ),
  ),
);

/** What a whole input comes to when no more than `most` matches are held back. */
function ordered(rules: Correlation[], told: readonly Told[], most?: number): CorrelationMatch<string>[] {
  const order = new TimeOrder<string>(rules, most);
  return [...told.flatMap((one) => order.add(seen(one))), ...order.finish()];
}

describe('matches held back until they are in order', () => {
  test('come to the same in any order', () => {
    fc.assert(
      fc.property(
        story.chain((told) => fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }))),
        ([told, shuffled]) => {
          expect(ordered(correlations, shuffled)).toEqual(matches(correlations, told));
        },
      ),
    );
  });

  test('come to the same when the oldest have to be told early and what comes is in order', () => {
    fc.assert(
      fc.property(story, fc.integer({ min: 1, max: 20 }), (told, most) => {
        const sets = [ordered(correlations, told, most), matches(correlations, told)];
        const [early, whole] = sets.map((found) =>
          found.map((one) => `${one.rule.title}: ${one.refs.join(' ')}`).sort(),
        );
        expect(early).toEqual(whole);
      }),
    );
  });

  test('are told no later than the bound allows, the oldest half of them', () => {
    const each = correlation('event_count', [a], { condition: { gte: 1 } });
    const order = new TimeOrder<string>([each], 4);
    const refs = [50, 40, 30, 20, 70, 60].map((second) => order.add(seen([a, second])).flatMap((one) => one.refs));
    expect(refs).toEqual([[], [], [], ['a20', 'a30'], [], ['a40', 'a50']]);
    expect(order.finish().flatMap((one) => one.refs)).toEqual(['a60', 'a70']);
  });

  test('lose only what comes more than the bound too late, and say so', () => {
    const least = correlation('event_count', [a], { condition: { lt: 3 } });
    const inOrder = Array.from({ length: 50 }, (_, k): Told => [a, k * 100]);
    const order = new TimeOrder<string>([least], 10);
    const found = [...inOrder, [a, 10] as Told].flatMap((one) => order.add(seen(one)));
    expect([...found, ...order.finish()]).toHaveLength(50);
    expect(order.dropped.late).toBe(1);
  });

  test('without a time are left out', () => {
    const each = correlation('event_count', [a], { condition: { gte: 1 } });
    expect(ordered([each], [[a, Number.NaN]])).toEqual([]);
  });
});
