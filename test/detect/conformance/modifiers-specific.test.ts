import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, problems, reading, selecting } from '../one-rule.ts';

const placeholders = new Map([
  ['Servers', ['srv*', 'db-1']],
  ['DomainControllers', ['dc1']],
  ['plain', ['never']],
]);
const host = (...values: string[]) => values.map((Host) => ({ Host }));

describe('Modifiers, Specific Modifiers: expand', () => {
  test('a placeholder becomes its values, linked with or; they may be patterns', () => {
    expectTold(selecting("Host|expand: '%Servers%'"), {
      matches: host('srv-7', 'DB-1'),
      not: host('%Servers%', 'db-10', 'pc-1'),
      placeholders,
    });
  });

  test('text around it stays', () => {
    expectTold(selecting("Host|expand: '%Servers%.example.com'"), {
      matches: host('srv7.example.com', 'db-1.example.com'),
      not: host('srv7', 'db-1', 'db-1.example.org'),
      placeholders,
    });
  });

  test('two placeholders give every combination', () => {
    expectTold(selecting("Host|expand: '%Servers%>%DomainControllers%'"), {
      matches: host('srv7>dc1', 'db-1>dc1'),
      not: host('srv7>db-1', 'dc1>dc1'),
      placeholders,
    });
  });

  test('it goes with contains, in either order, and with cased', () => {
    for (const chain of ['expand|contains', 'contains|expand']) {
      expectTold(selecting(`Host|${chain}: '%DomainControllers%'`), {
        matches: host('x dc1 y'),
        not: host('dc2'),
        placeholders,
      });
    }
    expectTold(selecting("Host|expand|cased: '%DomainControllers%'"), {
      matches: host('dc1'),
      not: host('DC1'),
      placeholders,
    });
  });

  test('it goes beside plain values', () => {
    expectTold(selecting("Host|expand: ['%DomainControllers%', pc-1]"), {
      matches: host('dc1', 'pc-1'),
      not: host('pc-2'),
      placeholders,
    });
  });

  test('it works for keywords', () => {
    expectTold(selecting("'|expand': ['%DomainControllers%', other]"), {
      matches: [{ message: 'login on dc1' }],
      not: [{ message: 'login on dc2' }],
      placeholders,
    });
  });

  test('a rule without values for its placeholder is switched off, with the reason', () => {
    const rule = selecting("Host|expand: '%Workstations%'");
    expectRefused(rule, /Workstations/, 'off');
    expect(problems(rule, placeholders)).toHaveLength(1);
    expect(problems(rule, new Map([['Workstations', ['ws*']]]))).toEqual([]);
  });

  test('a rule that is switched off does not switch off others', () => {
    const set = reading({ 'a.yml': selecting("Host|expand: '%Workstations%'"), 'b.yml': selecting('Host: x') });
    expect(set.rules.map((rule) => rule.path)).toEqual(['b.yml']);
    expect(set.problems.map(({ path, state }) => ({ path, state }))).toEqual([{ path: 'a.yml', state: 'off' }]);
  });
});

describe('Rules, Placeholders', () => {
  test('field: %name% handles %name% as literal value', () => {
    expectTold(selecting("Host: '%Servers%'"), { matches: host('%servers%'), not: host('srv7'), placeholders });
  });

  test(String.raw`field|expand: \%plain%name% handles %plain as plain value and %name% as placeholder`, () => {
    expectTold(selecting(String.raw`Host|expand: '\%plain%Servers%'`), {
      matches: host('%plainsrv1', '%plaindb-1'),
      not: host('%plain%Servers%', 'neverServers%', 'srv1'),
      placeholders,
    });
  });
});

describe('Modifiers, Specific Modifiers: fieldref', () => {
  test('two fields of the event are compared, letter case aside', () => {
    expectTold(selecting('User|fieldref: Target'), {
      matches: [
        { User: 'kai', Target: 'kai' },
        { User: 'kai', Target: 'KAI' },
        { User: 7, Target: '7' },
      ],
      not: [{ User: 'kai', Target: 'mia' }, { User: 'Target' }, { User: 'kai' }, { Target: 'kai' }, {}],
    });
  });

  test('what is in the other field is text, not a pattern', () => {
    expectTold(selecting('User|fieldref: Target'), {
      matches: [{ User: 'a*', Target: 'a*' }],
      not: [
        { User: 'abc', Target: 'a*' },
        { User: 'abc', Target: '*' },
      ],
    });
  });

  test('with neq: the fields differ', () => {
    expectTold(selecting('User|fieldref|neq: Target'), {
      matches: [{ User: 'kai', Target: 'mia' }],
      not: [
        { User: 'kai', Target: 'kai' },
        { User: 'kai', Target: 'Kai' },
      ],
    });
  });

  test.each([
    ['startswith', 'kai@x', 'x@kai'],
    ['endswith', 'x@kai', 'kai@x'],
    ['contains', 'x@kai@y', 'x@ka@y'],
  ])('with %s', (modifier, yes, no) => {
    expectTold(selecting(`User|fieldref|${modifier}: Target`), {
      matches: [{ User: yes, Target: 'kai' }],
      not: [{ User: no, Target: 'kai' }],
    });
  });

  test('both may be nested fields', () => {
    expectTold(selecting('actor.id|fieldref: target.id'), {
      matches: [{ actor: { id: 'a' }, target: { id: 'a' } }],
      not: [{ actor: { id: 'a' }, target: { id: 'b' } }],
    });
  });

  test('of several fields any will do', () => {
    expectTold(selecting('User|fieldref: [Target, Owner]'), {
      matches: [{ User: 'a', Target: 'b', Owner: 'a' }],
      not: [{ User: 'a', Target: 'b', Owner: 'c' }],
    });
  });

  test('a wildcard is no field name', () => {
    expectRefused(selecting("User|fieldref: 'Tar*'"), /fieldref/);
  });
});
