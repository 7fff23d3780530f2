import fc from 'fast-check';
import { expect, it } from 'vitest';
import { disjoint, implies } from '../../../src/detect/check/test-relation.ts';
import { passes } from '../../../src/detect/evaluate-test.ts';
import { type Comparison, comparisons, type Test } from '../../../src/detect/expression.ts';
import { readGlob } from '../../../src/detect/glob.ts';

const text = fc.record({
  is: fc.constant('text' as const),
  glob: fc.string({ unit: fc.constantFrom('a', 'B', '*', '?'), maxLength: 4 }).map(readGlob),
  cased: fc.boolean(),
});
const compare = fc.record({
  is: fc.constant('compare' as const),
  by: fc.constantFrom(...comparisons),
  to: fc.constantFrom(1, 2),
});
const hour = fc.record({
  is: fc.constant('time' as const),
  part: fc.constant('hour' as const),
  by: fc.constantFrom<Comparison | 'eq'>(...comparisons, 'eq'),
  to: fc.constantFrom(1, 2, 2.5, 3),
});

const texts = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B'), maxLength: 4 });
const numbers = fc.constantFrom(0, 1, 1.5, 2, 3);
const hours = fc.constantFrom(0, 1, 2, 3, 4).map((at) => `2026-01-01T0${at}:30:00Z`);

const pairs: [string, fc.Arbitrary<Test>, fc.Arbitrary<unknown>][] = [
  ['texts', text, texts],
  ['numbers', compare, numbers],
  ['parts of a time', hour, hours],
];

const holds = (test: Test, value: unknown) => passes(test, [value], () => undefined);

it.each(pairs)('what is told of two tests of %s holds for every value', (_, test, value) => {
  const told = { implies: 0, disjoint: 0 };
  fc.assert(
    fc.property(test, test, fc.array(value, { minLength: 30, maxLength: 30 }), (a, b, values) => {
      if (implies(a, b)) {
        told.implies += 1;
        expect(values.filter((one) => holds(a, one) && !holds(b, one))).toEqual([]);
      }
      if (disjoint(a, b)) {
        told.disjoint += 1;
        expect(values.filter((one) => holds(a, one) && holds(b, one))).toEqual([]);
      }
    }),
    { numRuns: 4_000 },
  );
  expect(Math.min(told.implies, told.disjoint)).toBeGreaterThan(100);
});

it.each(pairs.slice(1))('whatever holds for all %s is told', (name, test) => {
  const all = name === 'numbers' ? [0, 1, 1.5, 2, 3] : [0, 1, 2, 3, 4].map((at) => `2026-01-01T0${at}:30:00Z`);
  fc.assert(
    fc.property(test, test, (a, b) => {
      // No rule asks for half an hour of the day.
      fc.pre([a, b].every((one) => one.is !== 'time' || Number.isInteger(one.to)));
      const passing = all.filter((one) => holds(a, one));
      expect(implies(a, b)).toBe(passing.every((one) => holds(b, one)));
      expect(disjoint(a, b)).toBe(!passing.some((one) => holds(b, one)));
    }),
    { numRuns: 1_000 },
  );
});
