import { describe, expect, it } from 'vitest';
import { readDuration, readMoment } from '../../src/commands/duration.ts';

describe('readDuration', () => {
  it.each([
    ['30m', 1800],
    ['30 min', 1800],
    ['24h', 86_400],
    ['24H', 86_400],
    ['2 hours', 7200],
    ['7d', 604_800],
    ['2w', 1_209_600],
    ['0h', undefined],
    ['-1h', undefined],
    ['1.5h', undefined],
    ['999999h', undefined],
    ['24', undefined],
    ['h', undefined],
    ['24 h later', undefined],
    ['', undefined],
  ])('%s is %s seconds', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});

describe('readMoment', () => {
  const now = new Date('2026-03-01T12:00:00Z');

  it.each([
    ['4h', 'Asia/Tokyo', '2026-03-01T16:00:00.000Z'],
    ['2026-03-02', 'UTC', '2026-03-02T09:00:00.000Z'],
    ['2026-03-02', 'Asia/Tokyo', '2026-03-02T00:00:00.000Z'],
    ['2026-03-02 18:30', 'Asia/Tokyo', '2026-03-02T09:30:00.000Z'],
    ['2026-03-02T18:30', 'Asia/Tokyo', '2026-03-02T09:30:00.000Z'],
    ['2026-03-02 18:30Z', 'Asia/Tokyo', '2026-03-02T18:30:00.000Z'],
    ['2026-03-02 18:30 UTC', 'Asia/Tokyo', '2026-03-02T18:30:00.000Z'],
    ['2026-03-02 18:30 +02:00', 'Asia/Tokyo', '2026-03-02T16:30:00.000Z'],
    ['2026-03-02', 'America/New_York', '2026-03-02T14:00:00.000Z'],
    ['2026-03-08 09:00', 'America/New_York', '2026-03-08T13:00:00.000Z'],
    ['2026-03-08 04:00', 'America/New_York', '2026-03-08T08:00:00.000Z'],
    ['2026-11-01 00:30', 'America/New_York', '2026-11-01T04:30:00.000Z'],
    ['2026-03-29 03:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-02', 'Nowhere/Never', '2026-03-02T09:00:00.000Z'],
  ])('%s in %s is %s', (text, zone, expected) => {
    expect(readMoment(text, now, zone)?.toISOString()).toBe(expected);
  });

  it.each(['2026-02-30', '2026-13-01', '2026-03-02 24:00', '2026-03-02 9:00', 'tomorrow', '02.03.2026', ''])(
    '%s is no moment, and is not guessed at',
    (text) => {
      expect(readMoment(text, now, 'UTC')).toBeUndefined();
    },
  );
});
