import { describe, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const raw = String.raw;
const as = (...values: unknown[]) => values.map((F) => ({ F }));

describe('Rules, General', () => {
  test('values are case-insensitive strings', () => {
    expectTold(selecting('F: PowerShell'), {
      matches: as('powershell', 'POWERSHELL', 'PowerShell'),
      not: as('powershell ', ' powershell', 'power', '', null),
    });
  });

  test('letters beyond ASCII are folded too', () => {
    expectTold(selecting('F: ÄÉЖΣ'), { matches: as('äéжσ', 'ÄÉЖς'), not: as('aeжσ') });
  });

  test('characters that mean something in regular expressions are plain', () => {
    expectTold(selecting(raw`F: 'a.b+(c)[d]{2}^$|e'`), {
      matches: as('a.b+(c)[d]{2}^$|E'),
      not: as('axb+(c)[d]{2}^$|e', 'abb(c)[d]{2}^$|e', 'a.b+cdd'),
    });
  });
});

describe('Rules, String Wildcard', () => {
  test('? is exactly one character', () => {
    expectTold(selecting("F: 'prog?.exe'"), {
      matches: as('progA.exe', 'PROGb.EXE'),
      not: as('prog.exe', 'progAB.exe', 'progA.exe2'),
    });
  });

  test('* is any number of characters, none included', () => {
    expectTold(selecting("F: 'antivirus_V*.exe'"), {
      matches: as('antivirus_V1.exe', 'antivirus_V21.2.1.exe', 'antivirus_V.exe', 'antivirus_V.exe.exe'),
      not: as('antivirus_.exe', 'antivirus_V1.exe.txt', 'x antivirus_V1.exe'),
    });
  });

  test('several wildcards find another way when the first does not hold', () => {
    expectTold(selecting("F: '*ab?c*d'"), {
      matches: as('ab-abxc-d', 'abxcd', 'xxab.c..dd'),
      not: as('abcd', 'abxc', 'abxcdx'),
    });
    expectTold(selecting("F: 'a*bc*bc'"), { matches: as('abcbc', 'abcxbc'), not: as('abc', 'abbc') });
  });

  test('a lone * is any value that is there', () => {
    expectTold(selecting("F: '*'"), { matches: as('x', 'a\nb', 0, false), not: [{}, ...as(null)] });
  });

  test('? matches a character beyond the first plane once', () => {
    expectTold(selecting("F: 'a?b'"), { matches: as('a😀b', 'aéb'), not: as('a😀😀b', 'ab') });
  });

  test('wildcards cross lines', () => {
    expectTold(selecting("F: 'a*b?c'"), { matches: as('a\n\nb\nc'), not: as('a\n\nbc') });
  });

  test('a thousand stars against a long value take no time', () => {
    const pattern = `${'*a'.repeat(1000)}*b`;
    expectTold(selecting(`F: '${pattern}'`), {
      matches: as(`${'a'.repeat(5000)}b`),
      not: as('a'.repeat(5000), `${'a'.repeat(999)}b`),
    });
  });

  test.each([
    ['endswith', '*something', 'a something', 'something a'],
    ['startswith', 'something*', 'something a', 'a something'],
    ['contains', '*something*', 'a something b', 'some thing'],
  ])('%s is the same as its wildcard', (modifier, pattern, yes, no) => {
    const told = { matches: as(yes, 'something'), not: as(no) };
    expectTold(selecting(`F: '${pattern}'`), told);
    expectTold(selecting(`F|${modifier}: something`), told);
  });
});

describe('Rules, Escape Character', () => {
  test(raw`a plain backslash is written \ or \\`, () => {
    const told = { matches: as('C:\\Windows'), not: as('C:Windows', 'C:\\\\Windows') };
    expectTold(selecting(raw`F: 'C:\Windows'`), told);
    expectTold(selecting(raw`F: 'C:\\Windows'`), told);
  });

  test('a backslash at the end is a backslash', () => {
    expectTold(selecting(raw`F: 'C:\Temp\'`), { matches: as('c:\\temp\\'), not: as('c:\\temp') });
    expectTold(selecting(raw`F: 'C:\Temp\\'`), { matches: as('c:\\temp\\'), not: as('c:\\temp\\\\') });
  });

  test(raw`\* is a plain *`, () => {
    expectTold(selecting(raw`F: 'a\*b'`), { matches: as('a*b'), not: as('axb', 'ab', 'a\\*b', 'a\\b') });
  });

  test(raw`\? is a plain ?`, () => {
    expectTold(selecting(raw`F: 'a\?b'`), { matches: as('a?b'), not: as('axb', 'a\\?b') });
  });

  test(raw`\\* is a backslash, then a wildcard`, () => {
    expectTold(selecting(raw`F: 'a\\*b'`), { matches: as('a\\b', 'a\\xyzb'), not: as('a*b', 'ab', 'a\\') });
    expectTold(selecting(raw`F: 'a\\?b'`), { matches: as('a\\xb'), not: as('a?b', 'a\\b') });
  });

  test(raw`\\\* is a backslash, then a plain *`, () => {
    expectTold(selecting(raw`F: 'a\\\*b'`), { matches: as('a\\*b'), not: as('a*b', 'a\\xb', 'a\\b') });
    expectTold(selecting(raw`F: 'a\\\?b'`), { matches: as('a\\?b'), not: as('a\\xb', 'a?b') });
  });

  test(raw`three or four backslashes are two`, () => {
    const told = { matches: as('a\\\\b'), not: as('a\\b', 'a\\\\\\b', 'a\\\\\\\\b') };
    expectTold(selecting(raw`F: 'a\\\b'`), told);
    expectTold(selecting(raw`F: 'a\\\\b'`), told);
  });

  test(raw`the share of a host: \\\\host is two backslashes`, () => {
    expectTold(selecting(raw`F|startswith: '\\\\host\share'`), {
      matches: as('\\\\host\\share\\x'),
      not: as('\\host\\share'),
    });
  });

  test('an escaped wildcard at the end of a contains stays plain', () => {
    expectTold(selecting(raw`F|contains: 'a\*'`), { matches: as('xa*x'), not: as('xax') });
    expectTold(selecting(raw`F|startswith: 'a\\'`), { matches: as('a\\x'), not: as('ax', 'a*') });
  });

  test('a backslash before another character is a backslash', () => {
    expectTold(selecting(raw`F: '\n\t\d'`), { matches: as('\\n\\t\\d'), not: as('\n\t\\d', 'ntd') });
  });
});

describe('Rules, Special Field Values', () => {
  test("'' is a value that is there and empty", () => {
    expectTold(selecting("F: ''"), { matches: as(''), not: [{}, ...as(null, ' ', 'x', 0, false)] });
  });

  test('null is a field that has no value', () => {
    expectTold(selecting('F: null'), { matches: [{}, ...as(null)], not: as('', 'null', 0, false, 'x') });
    expectTold(selecting('F:'), { matches: [{}, ...as(null)], not: as('', 'x') });
    expectTold(selecting('F: ~'), { matches: [{}, ...as(null)], not: as('', '~') });
  });

  test("'null' in quotes is a text", () => {
    expectTold(selecting("F: 'null'"), { matches: as('null', 'NULL'), not: [{}, ...as(null)] });
  });

  test('null cannot be part of a list', () => {
    expectRefused(selecting("F: ['', null]"), /null/);
    expectRefused(selecting('F: [x, null]'), /null/);
  });

  test.each(['contains', 'startswith', 'endswith', 're', 'base64', 'windash', 'fieldref'])(
    'null has no text for %s',
    (modifier) => expectRefused(selecting(`F|${modifier}: null`), new RegExp(`\\b(${modifier}|null)\\b`)),
  );
});

describe('Rules, Maps: numbers and booleans', () => {
  test('a number is equal to its digits', () => {
    expectTold(selecting('F: 4688'), { matches: as(4688, '4688'), not: as(46880, '04688', '4688 ', 468, true) });
    expectTold(selecting("F: '4688'"), { matches: as(4688, '4688'), not: as(46880) });
    expectTold(selecting('F: 0'), { matches: as(0, '0'), not: as('', false, null, '00') });
    expectTold(selecting('F: -1'), { matches: as(-1, '-1'), not: as(1) });
    expectTold(selecting('F: 1.5'), { matches: as(1.5, '1.5'), not: as(1, 15) });
  });

  test('a number written with a letter is a text', () => {
    expectTold(selecting("F: '0x17'"), { matches: as('0x17', '0X17'), not: as(23, '23') });
  });

  test('a wildcard matches digits too', () => {
    expectTold(selecting("F: '46*'"), { matches: as(4688, '46'), not: as(4) });
  });

  test('a boolean is equal to its word', () => {
    expectTold(selecting('F: true'), { matches: as(true, 'true', 'TRUE'), not: as(false, 1, 'yes', '') });
    expectTold(selecting("F: 'false'"), { matches: as(false, 'False'), not: [{}, ...as(true, 0, '', null)] });
  });

  test('what YAML 1.2 does not name a boolean or a date is a text', () => {
    expectTold(selecting('F: yes'), { matches: as('yes'), not: as(true, 'true') });
    expectTold(selecting('F: off'), { matches: as('off'), not: as(false, 'false') });
    expectTold(selecting('F: 2026-03-18'), { matches: as('2026-03-18'), not: as('2026-03-18T00:00:00.000Z') });
  });
});
