import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, matches, selecting } from '../one-rule.ts';

describe('Modifiers, Regular Expression: re', () => {
  test('it is case-sensitive and matches anywhere', () => {
    expectTold(selecting("Line|re: 'ab+c'"), {
      matches: [{ Line: 'abbc' }, { Line: 'x abc y' }],
      not: [{ Line: 'ABC' }, { Line: 'ac' }, {}],
    });
  });

  test.each([
    ['wildcard .', 'a.c', 'axc', 'ac'],
    ['anchor ^', '^ab', 'abc', 'cab'],
    ['anchor $', 'ab$', 'cab', 'abc'],
    ['quantifier *', '^ab*$', 'a', 'ac'],
    ['quantifier +', '^ab+$', 'abb', 'a'],
    ['quantifier ?', '^ab?$', 'a', 'abb'],
    ['quantifier {n,m}', '^a{2,3}$', 'aaa', 'aaaa'],
    ['class [a-z]', '^[a-c]$', 'b', 'd'],
    ['class [^a-z]', '^[^a-c]$', 'd', 'b'],
    ['alternation |', '^(ab|cd)$', 'cd', 'ad'],
    ['grouping ()', '^(ab)+$', 'abab', 'aba'],
    ['escaped point', String.raw`^a\.b$`, 'a.b', 'a_b'],
    ['escaped backslash', String.raw`^C:\\Temp\\$`, 'C:\\Temp\\', 'C:/Temp/'],
    ['escaped question mark', String.raw`^a\?$`, 'a?', 'a'],
  ])('%s', (_, pattern, yes, no) => {
    expectTold(selecting(`Line|re: '${pattern}'`), { matches: [{ Line: yes }], not: [{ Line: no }] });
  });

  test('Sigma wildcards mean nothing in it', () => {
    expectTold(selecting("Line|re: '^a*$'"), { matches: [{ Line: 'aaa' }], not: [{ Line: 'ab' }] });
  });

  test('the values of a list are linked with or, and with all by and', () => {
    expectTold(selecting("Line|re: ['^a', 'z$']"), {
      matches: [{ Line: 'ab' }, { Line: 'yz' }],
      not: [{ Line: 'b' }],
    });
    expectTold(selecting("Line|re|all: ['^a', 'z$']"), { matches: [{ Line: 'abz' }], not: [{ Line: 'ab' }] });
  });

  test('it reads the text of a number', () => {
    expectTold(selecting("Port|re: '^80..$'"), { matches: [{ Port: 8080 }], not: [{ Port: 80 }] });
  });

  test('a point does not match the end of a line, and the anchors mean the whole text', () => {
    expectTold(selecting("Line|re: 'a.b'"), { matches: [{ Line: 'a b' }], not: [{ Line: 'a\nb' }] });
    expectTold(selecting("Line|re: '^b$'"), { matches: [{ Line: 'b' }], not: [{ Line: 'a\nb\nc' }] });
  });
});

describe('Modifiers, Regular Expression: sub-modifiers', () => {
  test('i: letter case does not count', () => {
    expectTold(selecting("Line|re|i: '^aB$'"), { matches: [{ Line: 'Ab' }, { Line: 'aB' }], not: [{ Line: 'a' }] });
  });

  test('m: the anchors match at lines', () => {
    expectTold(selecting("Line|re|m: '^b$'"), { matches: [{ Line: 'a\nb\nc' }], not: [{ Line: 'ab\nbc' }] });
  });

  test('s: a point matches the end of a line', () => {
    expectTold(selecting("Line|re|s: 'a.b'"), { matches: [{ Line: 'a\nb' }], not: [{ Line: 'ab' }] });
  });

  test('they go together in any order', () => {
    for (const chain of ['re|i|m|s', 're|s|m|i', 're|m|i|s']) {
      expectTold(selecting(`Line|${chain}: '^b.c$'`), { matches: [{ Line: 'a\nB\nC\nd' }], not: [{ Line: 'ab\nc' }] });
    }
  });

  test('(?i) in the pattern means the same as i', () => {
    expectTold(selecting("Line|re: '(?i)^ab$'"), { matches: [{ Line: 'AB' }], not: [{ Line: 'AC' }] });
  });

  test('re|neq: what the expression does not match', () => {
    expectTold(selecting("Line|re|neq: '^a'"), { matches: [{ Line: 'b' }], not: [{ Line: 'ab' }] });
  });
});

describe('Modifiers, Regular Expression: refused', () => {
  test.each(['i', 'm', 's'])('%s without re', (flag) => {
    expectRefused(selecting(`Line|${flag}: x`), new RegExp(`\\b${flag}\\b`));
  });

  test.each(['(', '[a', 'a{2,1}', '*a', '(?=a)', '(?<!a)b', String.raw`(a)\1`, '(?>a)'])(
    'what cannot be read or run in linear time: %s',
    (pattern) => {
      expectRefused(selecting(`Line|re: '${pattern}'`), /\b(re|regular expression|expression)\b/i);
    },
  );

  test('an expression that makes backtracking engines stand still is answered', () => {
    const rule = selecting("Line|re: '^(a+)+$'");
    expect(matches(rule, { Line: `${'a'.repeat(20_000)}b` })).toBe(false);
    expect(matches(rule, { Line: 'a'.repeat(20_000) })).toBe(true);
  });
});
