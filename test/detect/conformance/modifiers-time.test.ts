import { describe, expect, test } from 'vitest';
import { expectRefused, expectTold, selecting } from '../one-rule.ts';

const at = (...values: unknown[]) => values.map((Time) => ({ Time }));

describe('Modifiers, Time Modifiers', () => {
  test.each([
    ['minute', 7, '2026-03-18T23:07:59Z', '2026-03-07T07:08:07Z'],
    ['hour', 23, '2026-03-18T23:07:59Z', '2026-03-23T22:23:23Z'],
    ['day', 18, '2026-03-18T23:07:59Z', '2026-03-17T18:18:18Z'],
    ['week', 12, '2026-03-18T23:07:59Z', '2026-03-23T12:12:12Z'],
    ['month', 3, '2026-03-18T23:07:59Z', '2026-04-03T03:03:03Z'],
    ['year', 2026, '2026-03-18T23:07:59Z', '2025-03-18T20:26:00Z'],
  ])('%s', (part, value, yes, no) => {
    expectTold(selecting(`Time|${part}: ${value}`), { matches: at(yes), not: [...at(no, 'soon', '', null, true), {}] });
  });

  test('a zero is a number like others', () => {
    expectTold(selecting('Time|hour: 0'), { matches: at('2026-03-18T00:30:00Z'), not: at('2026-03-18T12:00:00Z') });
    expectTold(selecting('Time|minute: 0'), { matches: at('2026-03-18T05:00:30Z'), not: at('2026-03-18T00:05:00Z') });
  });

  test('no time zone is converted: the written hour counts', () => {
    expectTold(selecting('Time|hour: 23'), {
      matches: at('2026-03-18T23:30:00+09:00', '2026-03-18T23:30:00.123-05:00', '2026-03-18T23:30:00'),
      not: at('2026-03-18T14:30:00Z', '2026-03-19T08:30:00+09:00'),
    });
  });

  test('it may be written with a space, with fractions, or as an epoch number in UTC', () => {
    expectTold(selecting('Time|hour: 23'), {
      matches: at('2026-03-18 23:30:00', '2026-03-18 23:30:00.5', Date.UTC(2026, 2, 18, 23) / 1000),
      not: at('2026-03-18 22:30:00', Date.UTC(2026, 2, 18, 22) / 1000),
    });
  });

  test('an epoch number may be in milliseconds', () => {
    expectTold(selecting('Time|year: 2026'), {
      matches: at(Date.UTC(2026, 2, 18)),
      not: at(Date.UTC(2025, 2, 18)),
    });
  });

  test('a week begins on Monday, and the first one holds the first Thursday', () => {
    expectTold(selecting('Time|week: 1'), {
      matches: at('2025-12-29T00:00:00Z', '2026-01-04T23:59:59Z'),
      not: at('2025-12-28T23:59:59Z', '2026-01-05T00:00:00Z', '2027-01-01T00:00:00Z'),
    });
  });

  test('the values of a list are linked with or', () => {
    expectTold(selecting('Time|hour: [22, 23]'), {
      matches: at('2026-03-18T22:00:00Z', '2026-03-18T23:00:00Z'),
      not: at('2026-03-18T21:00:00Z'),
    });
  });

  test('with neq: another part', () => {
    expectTold(selecting('Time|day|neq: 18'), { matches: at('2026-03-19T00:00:00Z'), not: at('2026-03-18T00:00:00Z') });
  });

  const parts = ['minute', 'hour', 'day', 'week', 'month', 'year'];
  test.each(parts)('%s takes a whole number', (part) => {
    expect(parts).toHaveLength(6);
    for (const value of ['noon', 'null', 'true', '1.5']) {
      expectRefused(selecting(`Time|${part}: ${value}`), new RegExp(`\\b${part}\\b`));
    }
  });
});

describe('Modifiers, Time Modifiers: the number is compared as others are', () => {
  test('hour|gte, hour|lt', () => {
    expectTold(selecting('Time|hour|gte: 22'), {
      matches: at('2026-03-18T23:00:00Z'),
      not: at('2026-03-18T21:59:00Z'),
    });
    expectTold(selecting('Time|hour|lt: 6'), { matches: at('2026-03-18T05:59:00Z'), not: at('2026-03-18T06:00:00Z') });
  });
});
