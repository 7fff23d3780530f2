import { describe, expect, test } from 'vitest';
import { longestTimespan } from '../../../src/detect/correlation/chains.ts';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import type { Correlation, Rule } from '../../../src/detect/rule.ts';
import { correlation, matches, rule, seen, type Told } from './rules.ts';

const failed = rule('failed');
const login = rule('login');
const change = rule('change');

const many = correlation('event_count', [failed], { groupBy: ['user', 'host'], condition: { gte: 3 }, timespan: 600 });
const guessed = correlation('temporal_ordered', [many, login], { groupBy: ['user'], timespan: 600 });
const abused = correlation('temporal_ordered', [guessed, change], { groupBy: ['account'], timespan: 3600 });
abused.aliases.set(
  'account',
  new Map<Rule | Correlation, string>([
    [guessed, 'user'],
    [change, 'target'],
  ]),
);

const hana = { user: 'hana', host: 'web-01' };
const story: Told[] = [
  [failed, 0, hana],
  [failed, 300, hana],
  [failed, 590, hana],
  [login, 1100, { user: 'hana' }],
  [change, 4000, { target: 'hana' }],
];

describe('Sigma correlation rules specification, "Example: Failed Logins Followed by Successful Login"', () => {
  test('a chain of three tells each of its matches, the outer ones with the events of the inner ones', () => {
    expect(matches([abused], story).map(({ rule: of, refs, group, time }) => [of, refs, group, time])).toEqual([
      [many, ['failed0', 'failed300', 'failed590'], { user: 'hana', host: 'web-01' }, 590_000],
      [guessed, ['failed0', 'failed300', 'failed590', 'login1100'], { user: 'hana' }, 1_100_000],
      [abused, ['failed0', 'failed300', 'failed590', 'login1100', 'change4000'], { account: 'hana' }, 4_000_000],
    ]);
  });

  test.each([
    ['a failure less', story.slice(1)],
    ['the login of another user', story.with(3, [login, 1100, { user: 'ken' }])],
    ['the login before the failures', story.with(3, [login, 100, { user: 'hana' }])],
    ['a change of another account', story.with(4, [change, 4000, { target: 'ken' }])],
    ['a change too late', story.with(4, [change, 4701, { target: 'hana' }])],
  ])('%s is not that story', (_, told) => {
    expect(matches([abused], told).map((match) => match.rule)).not.toContain(abused);
  });

  test('the order the correlations are given in does not matter', () => {
    const refs = (given: (typeof many)[]) => matches(given, story).map((match) => match.refs);
    expect(refs([many, guessed, abused])).toEqual(refs([abused, guessed, many]));
  });
});

describe('Sigma correlation rules specification, "Ordered Temporal Proximity": an outer group of its own', () => {
  test('a field the inner correlation does not group by is that of its last event that has it', () => {
    const by = correlation('event_count', [failed], { groupBy: ['host'], condition: { gte: 3 } });
    const outer = correlation('temporal', [by, login], { groupBy: ['user'] });
    const told: Told[] = [
      [failed, 1, { host: 'h', user: 'ken' }],
      [failed, 2, { host: 'h', user: 'hana' }],
      [failed, 3, { host: 'h' }],
      [login, 4, { user: 'hana' }],
    ];
    expect(matches([outer], told)[1]).toMatchObject({ rule: outer, group: { user: 'hana' } });
  });

  test('a field is carried through two correlations', () => {
    const inner = correlation('event_count', [failed], { condition: { gte: 2 } });
    const middle = correlation('event_count', [inner], { condition: { gte: 1 } });
    const outer = correlation('temporal', [middle, login], { groupBy: ['user'] });
    const told: Told[] = [
      [failed, 1, { user: 'hana' }],
      [failed, 2, {}],
      [login, 3, { user: 'hana' }],
    ];
    expect(matches([outer], told).at(-1)).toMatchObject({ rule: outer, refs: ['failed1', 'failed2', 'login3'] });
  });

  test('events that two inner matches share are told once', () => {
    const one = correlation('event_count', [failed], { condition: { gte: 1 } });
    const sum = correlation('value_sum', [failed], { valueFields: ['n'], condition: { gte: 2 } });
    const outer = correlation('temporal', [one, sum]);
    expect(
      matches(
        [outer],
        [
          [failed, 1, { n: 1 }],
          [failed, 2, { n: 1 }],
        ],
      ).at(-1),
    ).toMatchObject({
      rule: outer,
      refs: ['failed1', 'failed2'],
    });
  });

  test('an inner window that is judged at its end still comes in time for the outer one', () => {
    const quiet = correlation('event_count', [failed], { condition: { lt: 2 } });
    const outer = correlation('temporal_ordered', [quiet, login]);
    const judged = correlation('event_count', [outer], { condition: { lte: 1 } });
    const told: Told[] = [
      [failed, 0],
      [login, 50],
    ];
    const correlator = new Correlator<string>([judged]);
    for (const one of told) correlator.add(seen(one));
    const all = [60, 61, 300].flatMap((second) => correlator.advance(second * 1000 + 1));
    expect(all.map((match) => match.rule)).toEqual([quiet, outer, judged]);
    expect(matches([judged], told).map((match) => match.rule)).toEqual([quiet, outer, judged]);
    expect(correlator.dropped.late).toBe(0);
  });
});

describe('chains', () => {
  test('reach back as far as their timespans together', () => {
    expect(longestTimespan([many])).toBe(600_000);
    expect(longestTimespan([many, guessed, abused])).toBe((600 + 600 + 3600) * 1000);
    expect(longestTimespan([])).toBe(0);
  });

  test('that come back to themselves are refused', () => {
    const first = correlation('temporal', [failed]);
    const second = correlation('temporal', [first]);
    first.rules.push(second);
    expect(() => new Correlator([first])).toThrow(/built on itself/);
  });
});
