import { describe, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const size = (...values: unknown[]) => values.map((Size) => ({ Size }));

describe('Modifiers, Numeric Modifiers', () => {
  test('lt', () => {
    expectTold(selecting('Size|lt: 15'), {
      matches: size(14, 14.9, '9', -3, 0),
      not: size(15, 16, '100', 'small', ''),
    });
  });

  test('lte', () => {
    expectTold(selecting('Size|lte: 15'), { matches: size(15, '15', 14), not: size(15.1, 16, '150') });
  });

  test('gt', () => {
    expectTold(selecting('Size|gt: 15'), { matches: size(16, 15.5, '100'), not: size(15, '9', -16, 'large') });
  });

  test('gte', () => {
    expectTold(selecting('Size|gte: 15'), { matches: size(15, '15', 1e9), not: size(14.99, '2') });
  });

  test('numbers are compared, not their digits', () => {
    expectTold(selecting('Size|gt: 9'), { matches: size(10, '10'), not: size(9, '1') });
    expectTold(selecting('Size|lt: -1.5'), { matches: size(-2, '-1.75'), not: size(-1, 0) });
  });

  test('what is not a number is neither less nor greater', () => {
    for (const comparison of ['lt', 'lte', 'gt', 'gte']) {
      expectTold(selecting(`Size|${comparison}: 0`), {
        matches: size(comparison.startsWith('l') ? -1 : 1),
        not: [{}, ...size(null, '', ' ', 'x', '1x', {}, [], false, true)],
      });
    }
  });

  test('any element of an array will do', () => {
    expectTold(selecting('Size|gte: 10'), { matches: size([1, 20]), not: size([1, 2]) });
  });

  test('the values of a list are linked with or', () => {
    expectTold(selecting('Size|gt: [10, 20]'), { matches: size(15), not: size(10) });
  });

  test('two bounds are two keys of a map', () => {
    expectTold(selecting('Size|gt: 10\nSize|lte: 20'), { matches: size(11, 20), not: size(10, 21) });
  });

  test.each(['lt', 'lte', 'gt', 'gte'])('%s of text is refused', (comparison) => {
    expectRefused(selecting(`Size|${comparison}: large`), new RegExp(`\\b${comparison}\\b`));
    expectRefused(selecting(`Size|${comparison}: null`), new RegExp(`\\b${comparison}\\b`));
    expectRefused(selecting(`Size|${comparison}: true`), new RegExp(`\\b${comparison}\\b`));
  });
});
