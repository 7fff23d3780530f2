import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, wallTime } from '../../src/domain/zoned-time.ts';

/** Whole and half hours, clocks that change on both sides of the equator, by half an hour, and a day that was left out. */
const zones = [
  'UTC',
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Pacific/Apia',
];

const zone = fc.constantFrom(...zones);
const moment = fc.date({ min: new Date('2008-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

describe('a wall time', () => {
  it.each([
    ['2026-03-29T00:59:59.500Z', 'Europe/Berlin', '2026-03-29T01:59:59.500Z'],
    ['2026-03-29T01:00:00Z', 'Europe/Berlin', '2026-03-29T03:00:00.000Z'],
    ['2026-03-01T15:00:00Z', 'Asia/Tokyo', '2026-03-02T00:00:00.000Z'],
    ['1969-12-31T23:59:59.999Z', 'UTC', '1969-12-31T23:59:59.999Z'],
  ])('of %s in %s is %s', (at, timeZone, wall) => {
    expect(new Date(wallTime(new Date(at), timeZone)).toISOString()).toBe(wall);
  });

  it.each([
    ['that is skipped is as long after the last moment before', '2026-03-29T02:30Z', '2026-03-29T01:30:00.000Z'],
    ['that comes twice is the first', '2026-10-25T02:30Z', '2026-10-25T00:30:00.000Z'],
    ['of a summer day', '2026-07-01T09:00Z', '2026-07-01T07:00:00.000Z'],
  ])('%s', (_, wall, at) => {
    expect(instantOf(Date.parse(wall), 'Europe/Berlin').toISOString()).toBe(at);
  });

  it('is what the clock shows again at the moment it is taken for, and no earlier moment shows it', () => {
    fc.assert(
      fc.property(zone, moment, (timeZone, at) => {
        const wall = wallTime(at, timeZone);
        const back = instantOf(wall, timeZone);
        expect(wallTime(back, timeZone)).toBe(wall);
        expect(back <= at).toBe(true);
      }),
    );
  });

  it('whether any clock shows it or not, comes later the later it is by a day', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 1, max: 400 }), (timeZone, at, days) => {
        const wall = at.getTime();
        const later = instantOf(wall + days * 86_400_000, timeZone).getTime() - instantOf(wall, timeZone).getTime();
        expect(Math.abs(later - days * 86_400_000)).toBeLessThanOrEqual(86_400_000);
        expect(later).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('of an unknown zone is an error', () => {
    expect(() => wallTime(new Date(), 'Mars/Base')).toThrow(RangeError);
  });
});
