import { describe, expect, test } from 'vitest';
import { correlation, matches, refsOf, rule, type Told } from './rules.ts';

const a = rule('a');
const b = rule('b');

describe('Sigma correlation rules specification, "Grouping"', () => {
  const two = correlation('event_count', [a], { groupBy: ['user', 'domain'], condition: { gte: 2 } });

  test('counts for each combination of values by itself and tells it', () => {
    const told: Told[] = [
      [a, 1, { user: 'hana', domain: 'x' }],
      [a, 2, { user: 'hana', domain: 'y' }],
      [a, 3, { user: 'ken', domain: 'x' }],
      [a, 4, { user: 'hana', domain: 'x' }],
    ];
    expect(matches([two], told)).toMatchObject([{ refs: ['a1', 'a4'], group: { user: 'hana', domain: 'x' } }]);
  });

  test('combinations that read alike when joined are kept apart', () => {
    expect(
      refsOf(
        [two],
        [
          [a, 1, { user: 'a,b', domain: 'c' }],
          [a, 2, { user: 'a', domain: 'b,c' }],
        ],
      ),
    ).toEqual([]);
    expect(
      refsOf(
        [two],
        [
          [a, 1, { user: '["a"', domain: 'c' }],
          [a, 2, { user: '["a","c"]', domain: '' }],
        ],
      ),
    ).toEqual([]);
  });

  test('an event that lacks one of the fields does not take part', () => {
    expect(
      refsOf(
        [two],
        [
          [a, 1, { user: 'hana' }],
          [a, 2, { user: 'hana', domain: null }],
        ],
      ),
    ).toEqual([]);
  });

  test('values are compared as text, exactly', () => {
    const one = correlation('event_count', [a], { groupBy: ['user'], condition: { gte: 2 } });
    expect(
      refsOf(
        [one],
        [
          [a, 1, { user: 7 }],
          [a, 2, { user: '7' }],
        ],
      ),
    ).toEqual(['a1 a2']);
    expect(
      refsOf(
        [one],
        [
          [a, 1, { user: 'Hana' }],
          [a, 2, { user: 'hana' }],
        ],
      ),
    ).toEqual([]);
  });

  test('an array takes part in the group of each of its values, once', () => {
    const one = correlation('event_count', [a], { groupBy: ['ip'], condition: { gte: 2 } });
    const told: Told[] = [
      [a, 1, { ip: ['192.0.2.1', '192.0.2.2', '192.0.2.2'] }],
      [a, 2, { ip: '192.0.2.2' }],
    ];
    expect(matches([one], told)).toMatchObject([{ refs: ['a1', 'a2'], group: { ip: '192.0.2.2' } }]);
  });

  test('no more than ten values of an array take part', () => {
    const one = correlation('event_count', [a], { groupBy: ['ip'], condition: { gte: 1 } });
    const ip = Array.from({ length: 50 }, (_, i) => `192.0.2.${i}`);
    expect(matches([one], [[a, 1, { ip }]]).map((match) => match.group.ip)).toEqual(ip.slice(0, 10));
  });

  test('without fields all events are one group', () => {
    const all = correlation('event_count', [a], { condition: { gte: 2 } });
    expect(
      matches(
        [all],
        [
          [a, 1, { user: 'x' }],
          [a, 2, { user: 'y' }],
        ],
      ),
    ).toMatchObject([{ group: {} }]);
  });
});

describe('Sigma correlation rules specification, "Field Name Aliases"', () => {
  const aliases = new Map([
    [
      'internal_ip',
      new Map([
        [a, 'destination.ip'],
        [b, 'source.ip'],
      ]),
    ],
    [
      'remote_ip',
      new Map([
        [a, 'source.ip'],
        [b, 'destination.ip'],
      ]),
    ],
  ]);
  const crossed = correlation('temporal', [a, b], { groupBy: ['internal_ip', 'remote_ip'], aliases, timespan: 10 });

  test('an alias is the field it gives for the rule that matched', () => {
    const told: Told[] = [
      [a, 1, { 'source.ip': '198.51.100.7', 'destination.ip': '10.0.0.1' }],
      [b, 2, { 'source.ip': '10.0.0.1', 'destination.ip': '198.51.100.7' }],
    ];
    expect(matches([crossed], told)).toMatchObject([
      { refs: ['a1', 'b2'], group: { internal_ip: '10.0.0.1', remote_ip: '198.51.100.7' } },
    ]);
  });

  test('the same addresses the same way round do not match', () => {
    const fields = { 'source.ip': '198.51.100.7', 'destination.ip': '10.0.0.1' };
    expect(
      refsOf(
        [crossed],
        [
          [a, 1, fields],
          [b, 2, fields],
        ],
      ),
    ).toEqual([]);
  });

  test('for a rule the alias does not name it is a field of that name', () => {
    const half = correlation('temporal', [a, b], {
      groupBy: ['who'],
      aliases: new Map([['who', new Map([[a, 'user']])]]),
    });
    expect(
      refsOf(
        [half],
        [
          [a, 1, { user: 'hana' }],
          [b, 2, { who: 'hana', user: 'ken' }],
        ],
      ),
    ).toEqual(['a1 b2']);
  });

  test('a counted field may be an alias as well', () => {
    const named = new Map([
      [
        'name',
        new Map([
          [a, 'user'],
          [b, 'account'],
        ]),
      ],
    ]);
    const two = correlation('value_count', [a, b], { aliases: named, valueFields: ['name'], condition: { gte: 2 } });
    expect(
      refsOf(
        [two],
        [
          [a, 1, { user: 'x' }],
          [b, 2, { account: 'x' }],
          [b, 3, { account: 'y' }],
        ],
      ),
    ).toEqual(['a1 b2 b3']);
  });
});
