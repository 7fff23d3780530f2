import { describe, expect, it } from 'vitest';
import { about, findings, ruleText } from './checked.ts';

describe('a rule that no event can match is an error', () => {
  it.each([
    ['a selection and its negation', '{ a: { color: red, size: big }, condition: a and not a }'],
    [
      'a literal that the same field must not contain',
      '{ a: { color|contains: dark }, f: { color|contains: ark }, condition: a and not f }',
    ],
    [
      'a filter wider than the selection',
      '{ a: { color: [red, green] }, f: { color|re: "^(red|green|blue)$" , color|startswith: [r, g] }, g: { color|startswith: [r, g] }, condition: a and not 1 of f* and not g }',
    ],
    ['a field that is there and is not', '{ a: { color|exists: false, color: red }, condition: a }'],
    ['a value and nothing', '{ a: { color: red }, b: { color|exists: true }, condition: a and not b }'],
    [
      'all choices closed',
      '{ a: { color: [red, green] }, b: { color: red }, c: { color: green }, condition: a and not b and not c }',
    ],
    [
      'two of three that exclude each other',
      '{ a: { color: red }, b: { size: big }, c: { shape: round }, condition: 2 of them and not a and not b }',
    ],
    [
      'a network inside one that is excluded',
      '{ a: { ip|cidr: 10.1.0.0/16 }, b: { ip|cidr: 10.0.0.0/8 }, condition: a and not b }',
    ],
  ])('%s', (_, detection) => {
    expect(about(detection).join()).toMatch(/^1\.yml:\d+ error No event can match this rule: it asks .* at once\.$/);
  });

  it('says which two demands', () => {
    expect(about('{ a: { color|contains: dark }, f: { color|contains: ark }, condition: a and not f }')).toEqual([
      '1.yml:5 error No event can match this rule: it asks color contains "dark" and not (color contains "ark") at once.',
    ]);
  });

  it('also when a filter is what closes it', () => {
    const rule = ruleText('{ a: { color: red }, condition: a }', { name: 'lamp_red' });
    const filter = `title: Not ours\nid: 00000000-0000-4000-8000-00000000000f\nlogsource: { product: lamp }\nfilter: { rules: [lamp_red], s: { color: red }, condition: not s }\n`;
    expect(findings(rule, filter).join()).toContain('1.yml:6 error No event can match this rule');
  });
});

describe('a rule that only several values in one field can match is a warning', () => {
  it.each([
    ['two values at once', '{ a: { color: red }, b: { color: green }, condition: a and b }'],
    ['two beginnings', '{ a: { color|startswith|all: [red, gre] }, condition: a }'],
    ['two ends', '{ a: { color|endswith: red }, b: { color|endswith: een }, condition: a and b }'],
    ['an empty range', '{ a: { size|gt: 5 }, b: { size|lt: 5 }, condition: a and b }'],
    ['a range that leaves out its one number', '{ a: { size|gt: 5 }, b: { size|lte: 5 }, condition: a and b }'],
    ['no whole hour', '{ a: { at|hour|gt: 5 }, b: { at|hour|lt: 6 }, condition: a and b }'],
    ['an address outside the network', '{ a: { ip: 192.0.2.1 }, b: { ip|cidr: 10.0.0.0/8 }, condition: a and b }'],
    ['a value that the expression refuses', '{ a: { size: 7 }, b: { size|re: "^[0-6]$" }, condition: a and b }'],
  ])('%s', (_, detection) => {
    expect(about(detection).join()).toMatch(
      /^1\.yml:\d+ warning No event can match this rule unless \w+ has several values/,
    );
  });
});

describe('a near miss is not told', () => {
  it.each([
    ['two parts of one value', '{ a: { color|contains|all: [dark, red] }, condition: a }'],
    ['one beginning of the other', '{ a: { color|startswith|all: [dark, darkr] }, condition: a }'],
    [
      'a filter for a part of it',
      '{ a: { color|contains: dark }, f: { color|contains: darker }, condition: a and not f }',
    ],
    ['one choice left', '{ a: { color: [red, green] }, b: { color: red }, condition: a and not b }'],
    ['a range of one number', '{ a: { size|gte: 5 }, b: { size|lte: 5 }, condition: a and b }'],
    ['between whole numbers', '{ a: { size|gt: 5 }, b: { size|lt: 6 }, condition: a and b }'],
    ['other fields', '{ a: { color: red }, b: { shade: green }, condition: a and b }'],
    ['keywords, which look at many values', '{ a: [red], b: [green], condition: a and b }'],
    ['another case where case counts', '{ a: { color|cased: Red }, f: { color|cased: red }, condition: a and not f }'],
    [
      'letters of any case against an expression that minds them',
      '{ a: { color: red }, f: { color|re: "^red$" }, condition: a and not f }',
    ],
    ['two of three', '{ a: { color: red }, b: { size: big }, c: { shape: round }, condition: 2 of them and not a }'],
  ])('%s', (_, detection) => {
    expect(about(detection)).toEqual([]);
  });
});
