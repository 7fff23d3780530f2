import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const dashes = ['-', '/', '\u2013', '\u2014', '\u2015'];

describe('Modifiers, String Modifiers: windash', () => {
  test('each of the five characters stands for each other', () => {
    expect(dashes).toHaveLength(5);
    for (const dash of dashes) {
      expectTold(selecting(`Line|windash|contains: ' ${dash}exec '`), {
        matches: dashes.map((other) => ({ Line: `x ${other}exec y` })),
        not: [{ Line: 'x exec y' }, { Line: 'x +exec y' }, { Line: 'x \\exec y' }],
      });
    }
  });

  test('all permutations of several flags are looked for', () => {
    const matching = dashes.flatMap((a) => dashes.map((b) => ({ Line: `x ${a}f y ${b}g z` })));
    expect(matching).toHaveLength(25);
    expectTold(selecting("Line|windash|contains: ' -f y -g '"), { matches: matching, not: [{ Line: 'x -f y g z' }] });
  });

  test('the value at the very beginning is a flag as well', () => {
    expectTold(selecting("Line|windash: '-a'"), { matches: [{ Line: '/a' }, { Line: '-a' }], not: [{ Line: 'a' }] });
  });

  test('it goes before and after contains, and with all', () => {
    for (const chain of ['windash|contains|all', 'contains|windash|all', 'contains|all|windash']) {
      expectTold(selecting(`Line|${chain}: [' -a', ' /b']`), {
        matches: [{ Line: 'x /a -b' }, { Line: 'x \u2014b \u2013a' }],
        not: [{ Line: 'x /a' }, { Line: 'x -b' }],
      });
    }
  });

  test('it goes with endswith and startswith', () => {
    expectTold(selecting("Line|windash|endswith: ' -s'"), { matches: [{ Line: 'x /s' }], not: [{ Line: 'x /s y' }] });
    expectTold(selecting("Line|windash|startswith: '-s '"), { matches: [{ Line: '/s x' }], not: [{ Line: 'x /s x' }] });
  });

  test('without it a dash is a dash', () => {
    expectTold(selecting("Line|contains: ' -a'"), { matches: [{ Line: 'x -a' }], not: [{ Line: 'x /a' }] });
  });
});

describe('Modifiers, String Modifiers: only for text', () => {
  test.each(['windash', 'base64', 'base64offset|contains', 'utf16le', 'utf16be', 'utf16', 'wide'])(
    '%s of a boolean is refused',
    (chain) => {
      expectRefused(selecting(`Line|${chain}: true`), new RegExp(chain.replace(/\|.*/, '')));
    },
  );
});
