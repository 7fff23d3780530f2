import { describe, expect, it } from 'vitest';
import { findings, ruleText } from './checked.ts';

const covered = (narrow: string, broad: string, more: [object?, object?] = []) =>
  findings(ruleText(narrow, { title: 'Narrow', ...more[0] }), ruleText(broad, { title: 'Broad', ...more[1] }));

const dark = '{ a: { color|contains: dark }, condition: a }';

describe('a rule whose every event a sibling matches', () => {
  it.each([
    ['a longer literal', '{ a: { color|contains: darkred }, condition: a }', dark],
    ['one demand more', '{ a: { color|contains: dark, size: big }, condition: a }', dark],
    [
      'fewer choices',
      '{ a: { color: [red, green] }, condition: a }',
      '{ a: { color: [red, green, blue] }, condition: a }',
    ],
    [
      'one more filter',
      '{ a: { color|contains: dark }, f: { size: big }, g: { shape: round }, condition: a and not 1 of f and not g }',
      '{ a: { color|contains: dark }, f: { size: big }, condition: a and not f }',
    ],
    [
      'all of what the other wants one of',
      '{ a: { color: red }, b: { size: big }, condition: all of them }',
      '{ a: { color: red }, b: { size: big }, condition: 1 of them }',
    ],
    [
      'choices that the other writes out',
      '{ a: { color: [red, green], size: big }, condition: a }',
      '{ a: { color: red, size: big }, b: { color: green, size: [big, huge] }, condition: a or b }',
    ],
    [
      'the same but for wildcards',
      '{ a: { path: /var/*/dark.txt }, condition: a }',
      '{ a: { path|endswith: .txt }, condition: a }',
    ],
    [
      'one character',
      '{ a: { path|contains: lamp7.txt }, condition: a }',
      '{ a: { path: "*lamp?.txt*" }, condition: a }',
    ],
    [
      'a literal of an expression',
      '{ a: { path|re: "dark(red|blue)$" }, condition: a }',
      '{ a: { path|contains: dark }, condition: a }',
    ],
    [
      'a smaller network',
      '{ a: { ip|cidr: 10.1.0.0/16 }, condition: a }',
      '{ a: { ip|cidr: 10.0.0.0/8 }, condition: a }',
    ],
  ])('is told: %s', (_, narrow, broad) => {
    expect(covered(narrow, broad)).toEqual([
      '1.yml:5 warning Every event this rule matches is matched by "Broad" (2.yml:1) too, whose level is the same.',
    ]);
  });

  it.each([
    ['a shorter literal', '{ a: { color|contains: dar }, condition: a }', dark],
    ['another field', '{ a: { shade|contains: darkred }, condition: a }', dark],
    [
      'one choice too many',
      '{ a: { color: [red, pink] }, condition: a }',
      '{ a: { color: [red, green, blue] }, condition: a }',
    ],
    [
      'a filter that the other has',
      '{ a: { color|contains: darkred }, condition: a }',
      '{ a: { color|contains: dark }, f: { size: big }, condition: a and not f }',
    ],
    [
      'a demand of the other',
      '{ a: { color|contains: darkred }, condition: a }',
      '{ a: { color|contains: dark, size: big }, condition: a }',
    ],
    [
      'a run where the other wants one character',
      '{ a: { path: "lamp*.txt" }, condition: a }',
      '{ a: { path: "lamp?.txt" }, condition: a }',
    ],
    [
      'a case that the other minds',
      '{ a: { color: darkred }, condition: a }',
      '{ a: { color|contains|cased: dark }, condition: a }',
    ],
  ])('is not told: %s', (_, narrow, broad) => {
    expect(covered(narrow, broad).filter((told) => told.startsWith('1.yml'))).toEqual([]);
  });

  it('is told when the sibling is of a higher level, and no refinement of a lower one', () => {
    const narrow = '{ a: { color|contains: darkred }, condition: a }';
    expect(covered(narrow, dark, [{ level: 'low' }, { level: 'high' }]).join()).toContain('whose level is higher');
    expect(covered(narrow, dark, [{ level: 'high' }, { level: 'low' }])).toEqual([]);
  });

  it('is told under the condition that fields have one value, where it takes that', () => {
    const [told] = covered(
      '{ a: { color: darkred }, condition: a }',
      '{ a: { color|contains: dark }, f: { color: darkblue }, condition: a and not f }',
    );
    expect(told).toMatch(/whose level is the same, as long as no field has several values\.$/);
  });

  it('is no matter of other log sources, or of rules that only a correlation asks', () => {
    const narrow = '{ a: { color|contains: darkred }, condition: a }';
    expect(covered(narrow, dark, [{}, { logsource: { product: 'lamp', service: 'dimmer' } }])).toEqual([]);
    const correlation =
      'title: Many\nid: 00000000-0000-4000-8000-00000000000e\ncorrelation: { type: event_count, rules: [lamp_dark], timespan: 1m, condition: { gte: 5 } }\n';
    expect(findings(ruleText(narrow), ruleText(dark, { name: 'lamp_dark' }), correlation)).toEqual([]);
  });

  it('is told once of two that match the same, at the later', () => {
    expect(covered(dark, '{ b: { color: "*dark*" }, condition: b }')).toEqual([
      '2.yml:5 warning This rule matches the same events as "Narrow" (1.yml:1).',
    ]);
  });
});

it('a rule that covers three siblings is told to be the broad one', () => {
  const narrow = ['red', 'blue', 'green'].map((color) =>
    ruleText(`{ a: { color|contains: dark${color} }, condition: a }`, { title: color, level: 'high' }),
  );
  expect(findings(ruleText(dark, { level: 'low' }), ...narrow)).toEqual([
    '1.yml:5 warning This rule is broader than 3 rules of its log source: it matches every event of "red", "blue", "green".',
  ]);
  expect(findings(ruleText(dark, { level: 'low' }), ...narrow.slice(1))).toEqual([]);
});
