import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detecting, matches, matching, quoted, reading, selecting } from '../one-rule.ts';
import { documentOf, type NaiveRule, naively, someEvent, someRule } from './naive.ts';

const logsource = { category: 'test' };
const someEvents = fc.array(someEvent, { minLength: 1, maxLength: 8 });
/** Text with much of what the values of rules treat in their own way, beside all else. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom('*', '?', '\\', '%', "'", '"', '|', '-', 'a', 'B'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));
const escaped = (text: string) => text.replace(/[\\*?]/g, '\\$&');

/** The rules as files, each with its number for a title. */
const filesOf = (rules: NaiveRule[]) =>
  Object.fromEntries(rules.map((rule, number) => [`${number}.yml`, documentOf(rule, `${number}`)]));

describe('Law: the engine agrees with a naive reading of the specification', () => {
  test('on rules and events of a small alphabet', () => {
    let matched = 0;
    let compared = 0;
    fc.assert(
      fc.property(someRule, someEvents, (rule, events) => {
        const text = documentOf(rule);
        for (const event of events) {
          const expected = naively(rule, event);
          expect(matches(text, event), JSON.stringify(event)).toBe(expected);
          compared += 1;
          if (expected) matched += 1;
        }
      }),
      { numRuns: 1000 },
    );
    // Both answers are frequent, so that agreeing says something.
    expect(matched / compared).toBeGreaterThan(0.1);
    expect(matched / compared).toBeLessThan(0.9);
  });
});

describe('Law: letter case (Rules, General)', () => {
  test('the case of the values of an event changes nothing unless a value is cased', () => {
    const folded = someRule.filter((rule) => !JSON.stringify(rule).includes('cased'));
    fc.assert(
      fc.property(folded, someEvents, (rule, events) => {
        const text = documentOf(rule);
        for (const event of events) {
          const changed = (turn: (value: string) => string) =>
            Object.fromEntries(
              Object.entries(event).map(([key, value]) => [key, typeof value === 'string' ? turn(value) : value]),
            );
          const first = matches(text, event);
          expect(
            matches(
              text,
              changed((value) => value.toUpperCase()),
            ),
          ).toBe(first);
          expect(
            matches(
              text,
              changed((value) => value.toLowerCase()),
            ),
          ).toBe(first);
        }
      }),
    );
  });

  test('the case of a value of a rule changes nothing', () => {
    const letters = fc.string({
      unit: fc.constantFrom('a', 'Z', 'é', 'Ж', 'σ', 'Σ', 'ς', '1'),
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(letters, letters, (value, other) => {
        for (const rule of [value, value.toUpperCase(), value.toLowerCase()]) {
          expect(matches(selecting(`F: ${quoted(rule)}`), { F: value })).toBe(true);
          const same = value.toUpperCase() === other.toUpperCase();
          expect(matches(selecting(`F: ${quoted(rule)}`), { F: other })).toBe(same);
        }
      }),
    );
  });

  test('cased: a value matches itself and no other', () => {
    fc.assert(
      fc.property(anyText, anyText, (value, other) => {
        const rule = selecting(`F|cased: ${quoted(escaped(value))}`);
        expect(matches(rule, { F: value })).toBe(true);
        expect(matches(rule, { F: other })).toBe(value === other);
      }),
    );
  });
});

describe('Law: escapes (Rules, Escape Character)', () => {
  test('a text with every special character escaped matches exactly itself', () => {
    fc.assert(
      fc.property(anyText, anyText, (value, other) => {
        const rule = selecting(`F: ${quoted(escaped(value))}`);
        expect(matches(rule, { F: value })).toBe(true);
        expect(matches(rule, { F: other })).toBe(value.toLowerCase() === other.toLowerCase());
      }),
    );
  });

  test('startswith, endswith and contains of an escaped text find it as it is', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (before, value, after) => {
        const whole = `${before}${value}${after}`;
        const fold = (text: string) => text.toLowerCase();
        const find = (modifier: string, text: string) =>
          matches(selecting(`F|cased|${modifier}: ${quoted(escaped(value))}`), { F: text });
        expect(find('contains', whole)).toBe(true);
        expect(find('startswith', whole)).toBe(whole.startsWith(value));
        expect(find('endswith', whole)).toBe(whole.endsWith(value));
        expect(find('contains', fold(before))).toBe(fold(before).includes(value));
      }),
    );
  });
});

describe('Law: not', () => {
  test('exactly one of a condition and its negation holds', () => {
    fc.assert(
      fc.property(someRule, someEvents, (rule, events) => {
        const negated: NaiveRule = { ...rule, condition: { op: 'not', of: rule.condition } };
        for (const event of events) expect(matches(documentOf(negated), event)).toBe(!matches(documentOf(rule), event));
      }),
    );
  });

  test('neq and the negated selection say the same', () => {
    fc.assert(
      fc.property(anyText, anyText, (value, actual) => {
        const neq = selecting(`F|neq: ${quoted(value)}`);
        const not = detecting(`s:\n  F: ${quoted(value)}\ncondition: not s`);
        expect(matches(neq, { F: actual })).toBe(matches(not, { F: actual }));
      }),
    );
  });
});

describe('Law: order changes nothing', () => {
  const reversed = <V>(record: Record<string, V>) => Object.fromEntries(Object.entries(record).reverse());
  const upsideDown = (rule: NaiveRule): NaiveRule => ({
    condition: rule.condition,
    selections: reversed(
      Object.fromEntries(
        Object.entries(rule.selections).map(([name, selection]) => {
          const turn = (value: unknown): unknown =>
            Array.isArray(value)
              ? value.map(turn).reverse()
              : value !== null && typeof value === 'object'
                ? reversed(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, turn(v)])))
                : value;
          return [name, turn(selection) as NaiveRule['selections'][string]];
        }),
      ),
    ),
  });

  test('of selections, of the elements of maps and lists, of the keys of an event', () => {
    fc.assert(
      fc.property(someRule, someEvents, (rule, events) => {
        for (const event of events) {
          const first = matches(documentOf(rule), event);
          expect(matches(documentOf(upsideDown(rule)), event)).toBe(first);
          expect(matches(documentOf(rule), reversed(event))).toBe(first);
        }
      }),
    );
  });

  test('of rules and of files', () => {
    fc.assert(
      fc.property(fc.array(someRule, { minLength: 2, maxLength: 8 }), someEvents, (rules, events) => {
        const files = filesOf(rules);
        const one = { 'all.yml': Object.values(files).reverse().join('\n---\n') };
        for (const event of events) {
          const first = matching(files, event, logsource);
          expect(matching(reversed(files), event, logsource)).toEqual(first);
          expect(matching(one, event, logsource)).toEqual(first);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('Law: a rule does not depend on which others are loaded', () => {
  test('the matches of a set are those of its rules alone', () => {
    fc.assert(
      fc.property(fc.array(someRule, { minLength: 1, maxLength: 40 }), someEvents, (rules, events) => {
        const files = filesOf(rules);
        for (const event of events) {
          const alone = rules.flatMap((rule, number) => (naively(rule, event) ? [`${number}`] : []));
          expect(matching(files, event, logsource)).toEqual(alone.sort());
        }
      }),
      { numRuns: 50 },
    );
  });

  test('events before it leave nothing behind', () => {
    fc.assert(
      fc.property(someRule, someEvents, (rule, events) => {
        const files = filesOf([rule]);
        const fresh = events.map((event) => matching(files, event, logsource));
        expect(events.map((event) => matching(files, event, logsource))).toEqual(fresh);
      }),
      { numRuns: 30 },
    );
  });
});

describe('Law: a filter only narrows (Filters, Introduction)', () => {
  const filterOf = (rule: NaiveRule, title: string) => {
    const document = JSON.parse(documentOf(rule, title)) as { detection: Record<string, unknown>; logsource: unknown };
    return JSON.stringify({
      title,
      logsource: document.logsource,
      filter: { rules: ['target'], selection: { F: 'never' }, ...document.detection },
    });
  };

  test('what matches with a filter matches without it, and the filter decides which', () => {
    let narrowed = 0;
    fc.assert(
      fc.property(someRule, someRule, someEvents, (rule, filter, events) => {
        const file = { 'a.yml': documentOf(rule, 'A rule', { id: 'target' }), 'b.yml': documentOf(rule, 'Another') };
        // The filter carries one more selection, which `them` counts as well.
        const selections = { selection: { F: 'never' }, ...filter.selections };
        for (const event of events) {
          const without = matching(file, event, logsource);
          const kept = naively({ ...filter, selections }, event);
          const found = matching({ ...file, 'f.yml': filterOf(filter, 'A filter') }, event, logsource);
          expect(found).toEqual(without.filter((title) => title === 'Another' || kept));
          if (found.length < without.length) narrowed += 1;
        }
      }),
    );
    expect(narrowed).toBeGreaterThan(0);
  });

  test('reading a filter changes no other rule', () => {
    fc.assert(
      fc.property(someRule, someRule, (rule, filter) => {
        const file = { 'b.yml': documentOf(rule, 'Another') };
        const target = documentOf(rule, 'A rule', { id: 'target' });
        const set = reading({ 'a.yml': target, ...file, 'f.yml': filterOf(filter, 'A filter') });
        const plain = reading({ 'a.yml': target, ...file });
        const other = (from: typeof set) => from.rules.find((each) => each.title === 'Another');
        expect(other(set)).toEqual(other(plain));
        expect(other(plain)).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });
});
