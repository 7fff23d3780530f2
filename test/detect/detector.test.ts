import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Detector } from '../../src/detect/detector.ts';
import { reading } from './one-rule.ts';

const rules = `title: Many failures
correlation: { type: event_count, rules: [failure], group-by: [user], timespan: 5m, condition: { gte: 3 } }
---
title: Failure, then success
correlation: { type: temporal_ordered, rules: [failure, success], group-by: [user], timespan: 5m, generate: true }
---
title: A failure
name: failure
logsource: { category: test }
detection: { s: { result: failure }, condition: s }
---
title: A success
name: success
logsource: { category: test }
detection: { s: { result: success }, condition: s }
`;
const logsource = { category: 'test' };
const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString();

interface Happened {
  second: number;
  user: string;
  result: string;
}

/** The correlations of events in the order given: title, group, seconds of their events. */
function correlated(events: readonly Happened[], mostHeld?: number): unknown[] {
  const detector = new Detector<number>(reading({ 'rules.yml': rules }), [], mostHeld);
  const found = events.flatMap(({ second, ...fields }) => {
    const event: Record<string, unknown> = { timestamp: at(second), ...fields };
    const { correlations } = detector.detect({ event, ref: second, logsource });
    // Whoever held the event itself back would see it change.
    event.user = 'another';
    return correlations;
  });
  return [...found, ...detector.finish()].map(({ rule, group, refs }) => [rule.title, group, refs]);
}

const failures = (user: string, ...seconds: number[]) =>
  seconds.map((second): Happened => ({ second, user, result: 'failure' }));

describe('a detector', () => {
  it('finds correlations in events that stand newest first', () => {
    const events = [...failures('eve', 0, 100, 200), { second: 250, user: 'eve', result: 'success' }];
    const expected = [['Many failures', { user: 'eve' }, [0, 100, 200]]];
    expect(correlated(events)).toEqual(expect.arrayContaining(expected));
    expect(correlated(events.toReversed())).toEqual(correlated(events));
  });

  it('does not depend on the order of events, nor on that of files', () => {
    const happened = fc.record({
      user: fc.constantFrom('eve', 'bob'),
      result: fc.constantFrom('failure', 'failure', 'success'),
    });
    const days = fc.array(fc.array(happened, { maxLength: 12 }), { maxLength: 4 }).map((files) =>
      // Files of one day each, so that the first event of one is far from the last of another.
      files.map((events, day) => events.map((event, k) => ({ ...event, second: day * 86_400 + k * 60 }))),
    );
    fc.assert(
      fc.property(
        days.chain((files) => fc.tuple(fc.constant(files), fc.shuffledSubarray(files, { minLength: files.length }))),
        fc.boolean(),
        ([files, shuffled], newestFirst) => {
          const given = newestFirst ? shuffled.map((events) => events.toReversed()) : shuffled;
          expect(correlated(given.flat())).toEqual(correlated(files.flat()));
        },
      ),
    );
  });

  it('tells correlations early when it holds too many matches', () => {
    const day = Array.from({ length: 40 }, (_, k) => failures('eve', k * 1000, k * 1000 + 1, k * 1000 + 2)).flat();
    expect(correlated(day)).toHaveLength(40);
    expect(correlated(day, 10)).toEqual(correlated(day));
    const detector = new Detector<number>(reading({ 'rules.yml': rules }), [], 10);
    const early = day.flatMap(
      ({ second, ...fields }) =>
        detector.detect({ event: { timestamp: at(second), ...fields }, ref: second, logsource }).correlations,
    );
    expect(early.length).toBeGreaterThan(35);
  });
});
