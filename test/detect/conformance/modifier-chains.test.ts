import { describe, expect, test } from 'vitest';
import { expectRefused, problems, selecting } from '../one-rule.ts';

/** Every modifier of the appendix, with a chain it may stand in and a value that suits it. */
const appendix: Record<string, string> = {
  all: 'contains|all: [a, b]',
  startswith: 'startswith: a',
  endswith: 'endswith: a',
  contains: 'contains: a',
  exists: 'exists: true',
  cased: 'cased: a',
  neq: 'neq: a',
  windash: 'windash: -a',
  re: 're: a',
  i: 're|i: a',
  m: 're|m: a',
  s: 're|s: a',
  base64: 'base64: a',
  base64offset: 'base64offset|contains: abc',
  utf16le: 'utf16le: a',
  utf16be: 'utf16be: a',
  utf16: 'utf16|base64: a',
  wide: 'wide: a',
  lt: 'lt: 1',
  lte: 'lte: 1',
  gt: 'gt: 1',
  gte: 'gte: 1',
  minute: 'minute: 1',
  hour: 'hour: 1',
  day: 'day: 1',
  week: 'week: 1',
  month: 'month: 1',
  year: 'year: 1',
  cidr: 'cidr: 10.0.0.0/8',
  expand: "expand: 'no placeholder'",
  fieldref: 'fieldref: G',
};

describe('Modifiers: the whole list', () => {
  test('there are 31 names', () => expect(Object.keys(appendix)).toHaveLength(31));

  test.each(Object.entries(appendix))('%s is known', (_, selection) => {
    expect(problems(selecting(`F|${selection}`))).toEqual([]);
  });

  test.each(Object.keys(appendix))('%s is not taken for another name', (name) => {
    expectRefused(selecting(`F|${name}x: a`), new RegExp(`${name}x`));
  });
});

describe('Rules, Value Modifiers: chains that hold', () => {
  test.each([
    'wide|base64offset|contains: abc',
    'utf16be|base64offset|contains|all: [abc, def]',
    'windash|contains|all: [-a, -b]',
    'contains|windash: -a',
    'windash|cased|contains: -a',
    'fieldref|neq: G',
    'fieldref|cased: G',
    're|i|m|s|neq: a',
    're|all: [a, b]',
    'cased|contains|all: [a, b]',
    'expand|contains: a',
    'contains|expand: a',
    'neq|contains: a',
    'cidr|all: [10.0.0.0/8, 10.1.0.0/16]',
    'hour|neq: 3',
    'startswith|cased|neq: a',
    'base64|contains: abc',
    'hour|gte: 9',
  ])('F|%s', (selection) => expect(problems(selecting(`F|${selection}`))).toEqual([]));
});

describe('Rules, Value Modifiers: chains that are refused, with their reason', () => {
  test.each([
    ['contians: a', /contians/],
    ['CONTAINS: a', /CONTAINS/],
    ['contains|: a', /modifier/i],
    ['|contains: a', /modifier/i],
    ['lt|contains: 1', /\b(lt|contains)\b/],
    ['gt|lt: 1', /\b(gt|lt)\b/],
    ['cidr|contains: 10.0.0.0/8', /\b(cidr|contains)\b/],
    ['exists|contains: true', /\b(exists|contains)\b/],
    ['exists|all: [true, false]', /\b(exists|all)\b/],
    ['re|windash: -a', /\b(re|windash)\b/],
    ['base64|re: a', /\b(base64|re)\b/],
    ['contains|re: a', /\b(re|contains)\b/],
    ['re|cidr: a', /\b(re|cidr)\b/],
    ['hour|day: 9', /\b(hour|day)\b/],
    ['cidr|i: 10.0.0.0/8', /\bi\b/],
    ['fieldref|re: G', /\b(fieldref|re)\b/],
  ])('F|%s', (selection, reason) => expectRefused(selecting(`F|${selection}`), reason));

  test('the line is that of the key', () => {
    const rule = selecting('A: x\nCommandLine|contians: a\nB: y');
    const line = rule.split('\n').findIndex((text) => text.includes('contians')) + 1;
    expect(problems(rule)).toMatchObject([{ line, reason: expect.stringContaining('contians') }]);
  });

  test('one bad selection among good ones refuses the rule', () => {
    expectRefused(selecting('A: x\nB|contians: a\nC: y'), /contians/);
  });
});
