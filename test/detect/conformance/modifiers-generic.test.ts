import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, matches, selecting } from '../one-rule.ts';

describe('Modifiers, Generic Modifiers: all', () => {
  test('every value of the list must hold, in any order', () => {
    expectTold(selecting('Line|contains|all: [" -enc ", " -nop "]'), {
      matches: [{ Line: 'ps -nop -enc x' }, { Line: 'ps -enc -nop x' }],
      not: [{ Line: 'ps -enc x' }, { Line: 'ps -nop x' }, {}],
    });
  });

  test('without a further modifier each value is a whole pattern', () => {
    expectTold(selecting("Line|all: ['a*', '*z']"), {
      matches: [{ Line: 'abcz' }, { Line: 'az' }],
      not: [{ Line: 'abc' }, { Line: 'xyz' }],
    });
  });

  test('the values may hold for different elements of an array', () => {
    expectTold(selecting('Roles|all: [admin, owner]'), {
      matches: [{ Roles: ['owner', 'other', 'admin'] }],
      not: [{ Roles: ['admin', 'other'] }, { Roles: 'admin' }],
    });
  });

  test.each(['Line|contains|all: x', 'Line|contains|all: [x]'])('a single value is not allowed: %s', (selection) => {
    expectRefused(selecting(selection), /\ball\b/);
  });
});

describe('Modifiers, Generic Modifiers: startswith', () => {
  test('the value stands at the beginning of the field', () => {
    expectTold(selecting('User|startswith: adm_'), {
      matches: [{ User: 'adm_kai' }, { User: 'ADM_' }],
      not: [{ User: 'kadm_' }, { User: 'adm' }, {}],
    });
  });

  test('wildcards inside the value keep their meaning', () => {
    expectTold(selecting("User|startswith: 'a?m*x'"), {
      matches: [{ User: 'a-m__xyz' }],
      not: [{ User: 'am__x' }, { User: 'za-mx' }],
    });
  });
});

describe('Modifiers, Generic Modifiers: endswith', () => {
  test('the value stands at the end of the field', () => {
    expectTold(selecting(String.raw`Image|endswith: '\cmd.exe'`), {
      matches: [{ Image: 'C:\\Windows\\CMD.EXE' }, { Image: '\\cmd.exe' }],
      not: [{ Image: 'cmd.exe' }, { Image: '\\cmd.exe ' }, { Image: '\\cmd_exe' }],
    });
  });

  test('the list of values is linked with or', () => {
    expectTold(selecting('Image|endswith: [.exe, .com]'), {
      matches: [{ Image: 'a.exe' }, { Image: 'a.com' }],
      not: [{ Image: 'a.dll' }],
    });
  });
});

describe('Modifiers, Generic Modifiers: contains', () => {
  test('the value stands anywhere in the field', () => {
    expectTold(selecting('Line|contains: secret'), {
      matches: [{ Line: 'secret' }, { Line: 'a Secret b' }],
      not: [{ Line: 'sec ret' }, { Line: '' }, { Other: 'secret' }],
    });
  });

  test('it crosses lines', () => {
    expectTold(selecting("Line|contains: 'a*b'"), { matches: [{ Line: 'x a\nb\ny' }], not: [{ Line: 'b\na' }] });
  });

  test('a number is looked for by its digits', () => {
    expectTold(selecting('Line|contains: 4688'), {
      matches: [{ Line: 'id 4688.' }, { Line: 46880 }],
      not: [{ Line: '468' }],
    });
  });
});

describe('Modifiers, Generic Modifiers: exists', () => {
  test('true asks for the field, whatever its value', () => {
    expectTold(selecting('Target|exists: true'), {
      matches: [{ Target: 'x' }, { Target: '' }, { Target: null }, { Target: 0 }, { Target: false }],
      not: [{}, { Other: 'x' }],
    });
  });

  test('false asks for its absence', () => {
    expectTold(selecting('Target|exists: false'), {
      matches: [{}, { Other: 1 }],
      not: [{ Target: '' }, { Target: null }, { Target: 'x' }],
    });
  });

  test('a nested field exists when its path leads somewhere', () => {
    expectTold(selecting('a.b|exists: true'), { matches: [{ a: { b: '' } }], not: [{ a: { c: 1 } }, { b: 1 }] });
  });

  test.each(['Target|exists: maybe', 'Target|exists: 1', 'Target|exists: null'])('not a boolean: %s', (selection) => {
    expectRefused(selecting(selection), /exists/);
  });
});

describe('Modifiers, Generic Modifiers: cased', () => {
  test('the case must be the same', () => {
    expectTold(selecting('User|cased: Kai'), { matches: [{ User: 'Kai' }], not: [{ User: 'kai' }, { User: 'KAI' }] });
  });

  test.each([
    ['contains', 'xKaix', 'xkaix'],
    ['startswith', 'Kaix', 'kaix'],
    ['endswith', 'xKai', 'xkai'],
  ])('it goes before and after %s', (modifier, same, other) => {
    for (const chain of [`cased|${modifier}`, `${modifier}|cased`]) {
      expectTold(selecting(`User|${chain}: Kai`), { matches: [{ User: same }], not: [{ User: other }] });
    }
  });

  test('wildcards stay wildcards', () => {
    expectTold(selecting("User|cased: 'K?i*'"), { matches: [{ User: 'Koil' }], not: [{ User: 'koil' }] });
  });
});

describe('Modifiers, Generic Modifiers: neq', () => {
  test('the field is different from the value, letter case aside', () => {
    expectTold(selecting('Protocol: tcp\nPort|neq: 443'), {
      matches: [
        { Protocol: 'tcp', Port: 80 },
        { Protocol: 'tcp', Port: '4430' },
      ],
      not: [
        { Protocol: 'tcp', Port: 443 },
        { Protocol: 'tcp', Port: '443' },
        { Protocol: 'udp', Port: 80 },
      ],
    });
    expectTold(selecting('User|neq: SYSTEM'), { matches: [{ User: 'kai' }], not: [{ User: 'System' }] });
  });

  test('of several values it is different from all', () => {
    expectTold(selecting('Port|neq: [80, 443]'), {
      matches: [{ Port: 22 }],
      not: [{ Port: 80 }, { Port: 443 }],
    });
  });

  test.each([
    ['contains', 'evil'],
    ['startswith', 'evil.exe'],
    ['endswith', 'not evil'],
  ])('it negates %s', (modifier, value) => {
    expectTold(selecting(`Line|${modifier}|neq: evil`), { matches: [{ Line: 'good' }], not: [{ Line: value }] });
  });

  test('a field that is not there is different, as the negated selection says', () => {
    expect(matches(selecting('User|neq: kai'), { Other: 'kai' })).toBe(true);
    expect(matches(selecting('User|neq: kai'), { User: 'kai' })).toBe(false);
  });
});
