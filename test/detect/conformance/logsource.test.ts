import { describe, expect, test } from 'vitest';
import { expectRefused, matches, matching, reading } from '../one-rule.ts';

const of = (logsource: string, title = 'A rule') =>
  `title: ${title}\nlogsource: {${logsource}}\ndetection:\n  a: {a: 1}\n  condition: a\n`;

describe('Rules, LogSource', () => {
  const event = { category: 'process_creation', product: 'windows', service: 'sysmon' };

  test.each([
    'category: process_creation',
    'product: windows',
    'service: sysmon',
    'category: process_creation, product: windows',
    'product: windows, service: sysmon',
    'category: process_creation, product: windows, service: sysmon',
  ])('a rule of {%s} sees an event of all three', (logsource) => {
    expect(matches(of(logsource), { a: 1 }, event)).toBe(true);
    expect(matches(of(logsource), { a: 2 }, event)).toBe(false);
  });

  test.each([
    'category: file_event',
    'product: linux',
    'service: security',
    'category: process_creation, product: linux',
    'product: windows, service: security',
  ])('a rule of {%s} does not', (logsource) => {
    expect(matches(of(logsource), { a: 1 }, event)).toBe(false);
    expect(matches(of(logsource), { a: 1 })).toBe(true);
  });

  test('what an event does not say of itself no rule may ask for', () => {
    const rule = of('category: process_creation, product: windows');
    expect(matches(rule, { a: 1 }, { product: 'windows' })).toBe(false);
    expect(matches(rule, { a: 1 }, { category: 'process_creation' })).toBe(false);
    expect(matches(rule, { a: 1 }, {})).toBe(false);
  });

  test('the definition and further elements are not evaluated', () => {
    const rule = of("product: windows, definition: 'Audit it', custom: 7");
    expect(matches(rule, { a: 1 }, { product: 'windows' })).toBe(true);
    expect(matches(rule, { a: 1 }, { product: 'linux' })).toBe(false);
    expect(reading({ 'rule.yml': rule }).rules[0]?.logsource).toEqual({ product: 'windows' });
  });

  test('points and hyphens are allowed in names', () => {
    const rule = of('service: onelogin.events-as');
    expect(matches(rule, { a: 1 }, { service: 'onelogin.events-as' })).toBe(true);
    expect(matches(rule, { a: 1 }, { service: 'onelogin' })).toBe(false);
  });

  test('rules of several log sources see only what is theirs', () => {
    const files = {
      'a.yml': of('product: windows', 'W'),
      'b.yml': of('product: linux', 'L'),
      'c.yml': of('category: x', 'X'),
    };
    expect(matching(files, { a: 1 }, { product: 'windows' })).toEqual(['W']);
    expect(matching(files, { a: 1 }, { product: 'linux', category: 'x' })).toEqual(['L', 'X']);
    expect(matching(files, { a: 1 }, { product: 'macos' })).toEqual([]);
  });

  test.each(['', "definition: 'only words'", 'custom: 7'])('one of the three must be there: {%s}', (logsource) => {
    expectRefused(of(logsource), /logsource|log source/i);
  });

  test.each(['product: 7', 'product: [windows]', 'category: null, product: {}', 'service: true'])(
    'they are texts: {%s}',
    (logsource) => expectRefused(of(logsource), /product|category|service|logsource/),
  );

  test('a text, a list or nothing instead of a map is refused', () => {
    for (const logsource of ['windows', '[windows]', '']) {
      expectRefused(
        `title: A rule\nlogsource: ${logsource}\ndetection:\n  a: {a: 1}\n  condition: a\n`,
        /logsource|log source/i,
      );
    }
  });
});
