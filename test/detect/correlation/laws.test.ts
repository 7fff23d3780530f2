import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Correlator, type CorrelatorSnapshot } from '../../../src/detect/correlation/correlator.ts';
import type { CorrelationMatch } from '../../../src/detect/correlation/seen.ts';
import type { Correlation } from '../../../src/detect/rule.ts';
import { correlation, rule, seen, type Told } from './rules.ts';

const rules = [rule('a'), rule('b'), rule('c')] as const;
const span = 60;

/** A stream out of order by at most the timespan; events of the same second are common. */
const streams = fc
  .array(
    fc.record({
      step: fc.integer({ min: 0, max: 40 }),
      back: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: span })),
      rule: fc.integer({ min: 0, max: 2 }),
      user: fc.constantFrom('x', 'y', undefined),
      v: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let newest = 1000;
    return steps.map((step, i): Told => {
      newest += step.step;
      return [rules[step.rule] ?? rules[0], newest - step.back, { user: step.user, v: step.v }, `e${i}`];
    });
  });

const groupBy = ['user'];
const inner = correlation('event_count', [rules[0]], { groupBy, condition: { gte: 2 } });
const quiet = correlation('event_count', [rules[1]], { groupBy, condition: { lt: 2 } });
const every: Correlation[] = [
  inner,
  quiet,
  correlation('event_count', [...rules], { groupBy, condition: { gte: 2, lte: 4 } }),
  correlation('value_count', [...rules], { groupBy, valueFields: ['v'], condition: { gt: 2 } }),
  correlation('value_sum', [...rules], { groupBy, valueFields: ['v'], condition: { gte: 7 } }),
  correlation('value_avg', [...rules], { groupBy, valueFields: ['v'], condition: { gt: 2 } }),
  correlation('value_percentile', [...rules], { groupBy, valueFields: ['v'], condition: { lte: 30 } }),
  correlation('temporal', [...rules], { groupBy }),
  correlation('temporal_ordered', [...rules], { groupBy }),
  correlation('temporal_ordered', [inner, quiet, rules[2]], { groupBy, timespan: 300 }),
];

function asText(match: CorrelationMatch<string>): string {
  return JSON.stringify([match.rule.title, match.time, match.refs, match.group, match.value]);
}

function run(told: readonly Told[], correlations = every): string[] {
  const correlator = new Correlator<string>(correlations);
  return [...told.flatMap((one) => correlator.add(seen(one))), ...correlator.finish()].map(asText);
}

/** The time, in milliseconds, that is promised truthfully before each event. */
function promises(told: readonly Told[]): number[] {
  return told.map((_, i) => Math.min(...told.slice(i).map(([, second]) => second)) * 1000);
}

describe('a correlator', () => {
  test('tells the same matches wherever the stream is cut and promises are made', () => {
    fc.assert(
      fc.property(streams, fc.infiniteStream(fc.boolean()), (told, advances) => {
        const correlator = new Correlator<string>(every);
        const promised = promises(told);
        const found = told.flatMap((one, i) => [
          ...(advances.next().value ? correlator.advance(promised[i] ?? 0) : []),
          ...correlator.add(seen(one)),
        ]);
        found.push(...correlator.finish());
        expect(found.map(asText).sort()).toEqual(run(told).sort());
        expect(correlator.dropped).toEqual({ groups: 0, events: 0, late: 0 });
      }),
    );
  });

  test('goes on from a snapshot as if nothing had happened', () => {
    fc.assert(
      fc.property(streams, fc.nat({ max: 40 }), (told, cut) => {
        const first = new Correlator<string>(every);
        const found = told.slice(0, cut).flatMap((one) => first.add(seen(one)));
        const kept = JSON.parse(JSON.stringify(first.snapshot())) as CorrelatorSnapshot<string>;
        const second = new Correlator<string>(every);
        second.restore(kept);
        found.push(...told.slice(cut).flatMap((one) => second.add(seen(one))), ...second.finish());
        expect(found.map(asText)).toEqual(run(told));
      }),
    );
  });

  test('does not look at events of other rules and groups', () => {
    fc.assert(
      fc.property(streams, streams, (told, others) => {
        const foreign = others.map(
          ([, second], i): Told =>
            i % 2 === 0 ? [rule('other'), second, { user: 'x' }] : [rules[0], second * 1000, { user: 'z', v: 1 }],
        );
        const mixed = told.flatMap((one, i) => [one, ...foreign.slice(i, i + 1)]);
        expect(
          run(mixed)
            .filter((text) => !text.includes('"z"'))
            .sort(),
        ).toEqual(run(told).sort());
      }),
    );
  });

  test('judges what waits for the end of its window the same in any order of arrival', () => {
    const waiting = every.filter(
      ({ type, condition }) => type === 'value_avg' || 'lt' in condition || 'lte' in condition,
    );
    fc.assert(
      fc.property(streams, (told) => {
        const ordered = told.toSorted(([, a], [, b]) => a - b);
        const refs = (texts: string[]) =>
          texts.map((text) => text.replace(/"e\d+"(,"e\d+")*/, (all) => all.split(',').sort().join()));
        expect(refs(run(told, waiting)).sort()).toEqual(refs(run(ordered, waiting)).sort());
      }),
    );
  });
});

/** The stated semantics, word by word: every window that ends at or after the new event and holds it, earliest first. */
function naive(told: readonly Told[], fires: (window: Told[]) => Told[] | undefined, order = byTime): string[] {
  let held: Told[] = [];
  const found: string[] = [];
  for (const event of told) {
    held = [...held, event].sort(order);
    for (const end of held.slice(held.indexOf(event))) {
      const window = held.slice(0, held.indexOf(end) + 1).filter(([, second]) => second >= end[1] - span);
      const used = window.includes(event) ? fires(window) : undefined;
      if (!used) continue;
      held = held.filter((one) => !used.includes(one));
      found.push(used.map((one) => one[3]).join(' '));
      break;
    }
  }
  return found;
}

const byTime = (a: Told, b: Told) => a[1] - b[1];
const byTimeAndRule = (a: Told, b: Told) => byTime(a, b) || rules.indexOf(a[0]) - rules.indexOf(b[0]);

function fired(told: readonly Told[], one: Correlation): string[] {
  const correlator = new Correlator<string>([one]);
  return told.flatMap((event) => correlator.add(seen(event))).map((match) => match.refs.join(' '));
}

describe('a plain reading of the semantics', () => {
  const numbers = (window: Told[]) => window.map(([, , fields]) => Number(fields?.v));
  const cases: [string, Correlation, (window: Told[]) => boolean][] = [
    ['event_count', correlation('event_count', [...rules], { condition: { gte: 4 } }), (w) => w.length >= 4],
    [
      'value_count',
      correlation('value_count', [...rules], { valueFields: ['v'], condition: { gte: 4 } }),
      (w) => new Set(numbers(w)).size >= 4,
    ],
    [
      'value_sum',
      correlation('value_sum', [...rules], { valueFields: ['v'], condition: { gt: 9 } }),
      (w) => numbers(w).reduce((sum, v) => sum + v, 0) > 9,
    ],
    ['temporal', correlation('temporal', [...rules]), (w) => new Set(w.map(([of]) => of)).size === 3],
  ];

  test.each(cases)('agrees with %s', (_, one, enough) => {
    fc.assert(
      fc.property(streams, (told) => {
        expect(fired(told, one)).toEqual(naive(told, (window) => (enough(window) ? window : undefined)));
      }),
      { numRuns: 300 },
    );
  });

  test.each([2, 3])('agrees with temporal_ordered of %d of three rules', (length) => {
    const one = correlation('temporal_ordered', [...rules], { condition: { gte: length } });
    /** Every way to pick `length` events of ever later rules out of the window. */
    const chains = (window: Told[], last: number, left: number): Told[][] => {
      if (left === 0) return [[]];
      return window.flatMap((event, i) => {
        const at = rules.indexOf(event[0]);
        return at > last ? chains(window.slice(i + 1), at, left - 1).map((rest) => [event, ...rest]) : [];
      });
    };
    const used = (window: Told[]): Told[] | undefined => {
      const all = new Set(chains(window, -1, length).flat());
      return all.size > 0 ? window.filter((event) => all.has(event)) : undefined;
    };
    fc.assert(
      fc.property(streams, (told) => {
        expect(fired(told, one)).toEqual(naive(told, used, byTimeAndRule));
      }),
      { numRuns: 300 },
    );
  });
});
