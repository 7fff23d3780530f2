import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matches, matching, problems, quoted, selecting } from '../one-rule.ts';

const logsource = { category: 'test' };

/** A regular expression of the flavor of the appendix over a small alphabet. */
const pattern: fc.Arbitrary<string> = fc
  .letrec<{ all: string; atom: string; piece: string }>((tie) => ({
    atom: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      fc.constantFrom('a', 'b', 'c', 'ab', 'abc', '1', '.', String.raw`\.`, '[ab]', '[^a]', '[a-c1]', String.raw`\\`),
      tie('all').map((inner) => `(${inner})`),
      tie('all').map((inner) => `(?:${inner})`),
    ),
    piece: fc
      .tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{1,2}', '{2}'))
      .map(([atom, times]) => (times !== '' && /^[a-z]{2,}$/.test(atom) ? `(${atom})${times}` : `${atom}${times}`)),
    all: fc
      .array(
        fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
        { minLength: 1, maxLength: 3 },
      )
      .map((ways) => ways.join('|')),
  }))
  .all.chain((inner) => fc.constantFrom(inner, `^(${inner})`, `(${inner})$`, `^(${inner})$`))
  .filter((source) => source.length <= 40);

const regexRule = (source: string, flags: string[]) =>
  selecting(`${['F', 're', ...flags].join('|')}: ${quoted(source)}`);

/** In PCRE a final `$` also holds before a last line break. */
const ofJavaScript = (source: string, flags: string[]) =>
  new RegExp(flags.includes('m') ? source : source.replace(/\$$/, '(?=\\n?(?![^]))'), flags.join(''));

const subject = fc
  .array(fc.constantFrom('a', 'b', 'c', 'A', 'B', '1', '.', '\\', '\n'), { maxLength: 6 })
  .map((parts) => parts.join(''));

describe('Law: regular expressions (Modifiers, Regular Expression)', () => {
  test('each matches what the same expression of JavaScript matches, alone and among others', () => {
    // What RE2 would read in another way is refused, never misread.
    const rule = fc
      .record({ source: pattern, flags: fc.subarray(['i', 'm', 's'] as const) })
      .filter(({ source, flags }) => problems(regexRule(source, flags)).length === 0);
    let matched = 0;
    let compared = 0;
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 6 }),
        fc.array(subject, { minLength: 1, maxLength: 6 }),
        (rules, subjects) => {
          const files = Object.fromEntries(
            rules.map(({ source, flags }, k) => [`${k}.yml`, regexRule(source, flags).replace('A rule', `Rule ${k}`)]),
          );
          for (const F of subjects) {
            const expected = rules.flatMap(({ source, flags }, k) =>
              ofJavaScript(source, flags).test(F) ? [`Rule ${k}`] : [],
            );
            expect(matching(files, { F }, logsource)).toEqual(expected.sort());
            matched += expected.length;
            compared += rules.length;
          }
        },
      ),
      { numRuns: 200 },
    );
    expect(matched / compared).toBeGreaterThan(0.1);
    expect(matched / compared).toBeLessThan(0.9);
  });
});

describe('Law: networks (Modifiers, IP (Internet Protocol) Modifiers)', () => {
  const spelled4 = (address: number) => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
  const spelled6 = (groups: number[]) => groups.map((group) => group.toString(16)).join(':');

  test('an IPv4 address is in a network when their first bits are the same', () => {
    const near = fc.record({
      address: fc.integer({ min: 0, max: 0xffffffff }),
      length: fc.integer({ min: 0, max: 32 }),
      changed: fc.integer({ min: 0, max: 31 }),
    });
    fc.assert(
      fc.property(near, ({ address, length, changed }) => {
        const first = length === 0 ? 0 : address & (-1 << (32 - length));
        const rule = selecting(`F|cidr: ${spelled4(first >>> 0)}/${length}`);
        expect(matches(rule, { F: spelled4(address) })).toBe(true);
        // The bit that many places from the left is inside the prefix or behind it.
        expect(matches(rule, { F: spelled4((address ^ (1 << (31 - changed))) >>> 0) })).toBe(changed >= length);
      }),
    );
  });

  test('and so is an IPv6 address', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      // The first group keeps clear of the addresses that stand for IPv4.
      fc.property(
        groups,
        fc.integer({ min: 0, max: 128 }),
        fc.integer({ min: 3, max: 127 }),
        (drawn, length, changed) => {
          const address = drawn.map((group, k) => (k === 0 ? group | 0x2000 : group));
          const masked = address.map((group, k) => {
            const kept = Math.min(16, Math.max(0, length - 16 * k));
            return kept === 0 ? 0 : group & (0xffff << (16 - kept)) & 0xffff;
          });
          const flipped = address.map((group, k) =>
            k === changed >> 4 ? group ^ (1 << (15 - (changed & 15))) : group,
          );
          const rule = selecting(`F|cidr: '${spelled6(masked)}/${length}'`);
          expect(matches(rule, { F: spelled6(address) })).toBe(true);
          expect(matches(rule, { F: spelled6(flipped) })).toBe(changed >= length);
        },
      ),
    );
  });
});

describe('Law: Base64 (Modifiers, Encoding)', () => {
  const long = fc.string({ unit: 'grapheme', minLength: 3, maxLength: 12 }).filter((value) => !/[*?\\]/.test(value));
  const around = fc.uint8Array({ maxLength: 7 });

  test.each([
    ['base64offset|contains', (value: string) => Buffer.from(value)],
    ['wide|base64offset|contains', (value: string) => Buffer.from(value, 'utf16le')],
    ['utf16be|base64offset|contains', (value: string) => Buffer.from(value, 'utf16le').swap16()],
  ])('%s finds a value wherever it stands in what is encoded', (chain, bytes) => {
    fc.assert(
      fc.property(long, around, around, (value, before, after) => {
        const whole = Buffer.concat([before, bytes(value), after]).toString('base64');
        const rule = selecting(`F|${chain}: ${quoted(value)}`);
        expect(matches(rule, { F: whole })).toBe(true);
        expect(matches(rule, { F: Buffer.concat([before, after]).toString('base64') })).toBe(false);
      }),
    );
  });
});

describe('Law: numbers (Modifiers, Numeric Modifiers)', () => {
  test('lt, lte, gt, gte order numbers, and their digits, as numbers are ordered', () => {
    const number = fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.5, -0.5, 1e6, 99.99));
    fc.assert(
      fc.property(number, number, (value, limit) => {
        const holds = { lt: value < limit, lte: value <= limit, gt: value > limit, gte: value >= limit };
        for (const [comparison, expected] of Object.entries(holds)) {
          const rule = selecting(`F|${comparison}: ${limit}`);
          expect(matches(rule, { F: value })).toBe(expected);
          expect(matches(rule, { F: `${value}` })).toBe(expected);
        }
      }),
    );
  });
});
