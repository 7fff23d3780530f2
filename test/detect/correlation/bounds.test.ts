import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import { correlation, matches, refsOf, rule, seen, type Told } from './rules.ts';

const a = rule('a');
const b = rule('b');
const byUser = correlation('event_count', [a], { groupBy: ['user'], condition: { gte: 2 } });

function remembered(correlator: Correlator<string>): { groups: number; events: number } {
  const groups = correlator.snapshot().states.flatMap(([, all]) => all);
  return { groups: groups.length, events: groups.reduce((sum, group) => sum + group.events.length, 0) };
}

describe('bounded memory', () => {
  test('a million groups leave no more than the bound, and what was forgotten is counted', () => {
    const correlator = new Correlator<string>([byUser], { groups: 100 });
    for (let i = 0; i < 1_000_000; i++) correlator.add({ rule: a, time: 0, value: () => `user${i}`, ref: `${i}` });
    expect(remembered(correlator)).toEqual({ groups: 100, events: 100 });
    expect(correlator.dropped).toEqual({ groups: 999_900, events: 999_900, late: 0 });
  }, 90_000);

  test('the group idle longest goes first', () => {
    const three = { ...byUser, condition: { gte: 3 } };
    const users = ['x', 'y', 'x', 'z', 'x', 'y', 'y'];
    const told = users.map((user, second): Told => [a, second, { user }]);
    expect(refsOf([three], told, { groups: 2 })).toEqual(['a0 a2 a4']);
    expect(refsOf([three], told, { groups: 3 })).toEqual(['a0 a2 a4', 'a1 a5 a6']);
  });

  test('a group that could no longer match is forgotten without being counted', () => {
    const correlator = new Correlator<string>([byUser], { groups: 1 });
    correlator.add(seen([a, 0, { user: 'x' }]));
    correlator.add(seen([a, 1000, { user: 'y' }]));
    expect(correlator.dropped).toEqual({ groups: 0, events: 0, late: 0 });
  });

  test('a group whose window is over is judged before it is forgotten', () => {
    const few = correlation('event_count', [a], { groupBy: ['user'], condition: { lt: 2 } });
    const correlator = new Correlator<string>([few], { groups: 1 });
    correlator.add(seen([a, 0, { user: 'x' }]));
    expect(correlator.add(seen([a, 1000, { user: 'y' }]))).toMatchObject([{ refs: ['a0'], group: { user: 'x' } }]);
  });

  test('a group with too many events forgets the oldest', () => {
    const sum = correlation('value_sum', [a], { valueFields: ['n'], condition: { gt: 1e9 } });
    const correlator = new Correlator<string>([sum], { events: 100 });
    for (let i = 0; i < 10_000; i++) correlator.add(seen([a, i / 1000, { n: 1 }]));
    expect(remembered(correlator).events).toBeLessThanOrEqual(100);
    expect(correlator.dropped.events).toBe(10_000 - remembered(correlator).events);
    expect(correlator.add(seen([a, 10, { n: 1e9 }]))).toHaveLength(1);
  });

  test('a flood of one rule or value does not push the others out', () => {
    const flood = Array.from({ length: 1000 }, (_, i): Told => [a, 1 + i / 100, { user: 'same' }]);
    const told: Told[] = [[b, 0, { user: 'rare' }], ...flood, [rule('c'), 20, { user: 'third' }]];
    const rules = [...new Set(told.map(([of]) => of))];
    const limits = { events: 50 };
    for (const type of ['temporal', 'temporal_ordered'] as const)
      expect(
        matches([correlation(type, type === 'temporal' ? rules : [b, a, ...rules.slice(2)])], told, limits),
      ).toHaveLength(1);
    const users = correlation('value_count', rules, { valueFields: ['user'], condition: { gte: 3 } });
    expect(matches([users], told, limits)).toHaveLength(1);
  });

  test('a count above the bound can still be reached', () => {
    const many = correlation('event_count', [a], { condition: { gte: 500 } });
    const told = Array.from({ length: 500 }, (_, i): Told => [a, i / 100]);
    expect(matches([many], told, { events: 10 })).toMatchObject([{ value: 500 }]);
  });

  test('all correlations together hold no more than the bound', () => {
    const others = ['p', 'q', 'r'].map((name) =>
      correlation('event_count', [a], { title: name, groupBy: ['user'], condition: { gte: 100 } }),
    );
    const correlator = new Correlator<string>(others, { total: 500 });
    for (let i = 0; i < 5000; i++) correlator.add(seen([a, i / 1000, { user: `u${i % 400}` }, `${i}`]));
    expect(remembered(correlator).events).toBeLessThanOrEqual(500);
    expect(correlator.dropped.groups).toBeGreaterThan(0);
  });

  test('a promise that time has passed empties what can no longer match', () => {
    const all = [
      byUser,
      correlation('temporal_ordered', [a, b]),
      correlation('value_avg', [a], { valueFields: ['n'], condition: { gt: 1 } }),
    ];
    const correlator = new Correlator<string>(all);
    for (let i = 0; i < 100; i++) correlator.add(seen([a, i, { user: `u${i}`, n: 0 }]));
    expect(remembered(correlator).events).toBeGreaterThan(100);
    correlator.advance(1_000_000);
    expect(remembered(correlator)).toEqual({ groups: 0, events: 0 });
    expect(correlator.dropped).toEqual({ groups: 0, events: 0, late: 0 });
  });
});

describe('a snapshot', () => {
  test('of a correlation that reads differently since is not taken up', () => {
    const correlator = new Correlator<string>([byUser]);
    correlator.add(seen([a, 0, { user: 'x' }]));
    const changed = new Correlator<string>([{ ...byUser, groupBy: ['user', 'host'] }]);
    changed.restore(correlator.snapshot());
    expect(remembered(changed).groups).toBe(0);
    const same = new Correlator<string>([{ ...byUser }]);
    same.restore(correlator.snapshot());
    expect(same.add(seen([a, 1, { user: 'x' }]))).toMatchObject([{ refs: ['a0', 'a1'] }]);
  });
});
