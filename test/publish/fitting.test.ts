import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitting } from '../../src/publish/fitting.ts';

const part = fc.record({
  text: fc.string({ maxLength: 40 }),
  rank: fc.nat(3),
  limit: fc.constantFrom(60, 100, 1000),
});

it('never fills more than a part may, and says when one is missing', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.nat(50), (parts, taken) => {
      const { texts, cut } = fitting(parts, taken);
      const size = texts.reduce((sum, text) => sum + text.length + 2, taken);
      expect(size).toBeLessThanOrEqual(Math.max(taken, ...parts.map((p) => p.limit)));
      expect(cut).toBe(texts.length < parts.filter((p) => p.text !== '').length);
    }),
  );
});

it('gives room by rank and shows in the order of reading', () => {
  const parts = [
    { text: 'a'.repeat(30), rank: 2, limit: 60 },
    { text: 'b'.repeat(30), rank: 0, limit: 60 },
    { text: 'c'.repeat(10), rank: 1, limit: 60 },
  ];
  expect(fitting(parts, 0)).toEqual({ texts: ['b'.repeat(30), 'c'.repeat(10)], cut: true });
  expect(fitting(parts, 0).texts).not.toContain('a'.repeat(30));
  expect(
    fitting(
      parts.map((p) => ({ ...p, limit: 100 })),
      0,
    ).texts.map((t) => t[0]),
  ).toEqual(['a', 'b', 'c']);
});

it('takes the shorter form of a part before none, and calls that cut', () => {
  const parts = [{ text: 'long '.repeat(10), shorter: 'short', rank: 0, limit: 20 }];
  expect(fitting(parts, 0)).toEqual({ texts: ['short'], cut: true });
  expect(fitting(parts, 19)).toEqual({ texts: [], cut: true });
});
