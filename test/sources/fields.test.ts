import { describe, expect, it } from 'vitest';
import { at, listAt, textAt, wholeAt } from '../../src/sources/fields/at.ts';
import { readSeverity } from '../../src/sources/fields/read-severity.ts';
import { readTime } from '../../src/sources/fields/read-time.ts';

describe('readTime', () => {
  const noon = '2026-03-01T12:00:00.000Z';
  it.each([
    ['2026-03-01T12:00:00Z'],
    ['2026-03-01T12:00:00.000000001Z'],
    ['2026-03-01 12:00:00.000'],
    ['2026-03-01T12:00'],
    ['2026-03-01T21:00:00+09:00'],
    ['2026-03-01T21:00:00+0900'],
    [1_772_366_400],
    [1_772_366_400_000],
    [1_772_366_400_000_000],
    [1_772_366_400_000_000_000],
    ['1772366400'],
    ['1772366400.000'],
  ])('reads %s as noon of the first of March', (value) => {
    expect(readTime(value)?.toISOString()).toBe(noon);
  });

  it.each([['yesterday'], [''], [0], [-1], [Number.NaN], ['2026-13-45T99:00:00Z'], [{}], [null], ['12:00:00']])(
    'reads %s as no time',
    (value) => {
      expect(readTime(value)).toBeUndefined();
    },
  );
});

describe('at', () => {
  const value = { a: { b: [{ c: 1 }, { c: ' ' }] } };
  it('follows objects and array indexes', () => {
    expect(at(value, 'a.b.0.c')).toBe(1);
    expect(textAt(value, 'a.b.0.c')).toBe('1');
    expect(listAt(value, 'a.b')).toHaveLength(2);
  });

  it('finds nothing in what is not there, blank, or inherited', () => {
    expect(at(value, 'a.x.y')).toBeUndefined();
    expect(textAt(value, 'a.b.1.c')).toBeUndefined();
    expect(at(value, 'constructor.name')).toBeUndefined();
    expect(listAt(value, 'a')).toEqual([]);
  });

  it('reads whole numbers up to a bound, also written as text', () => {
    expect(wholeAt({ port: '443' }, 'port', 65_535)).toBe(443);
    expect(wholeAt({ port: 70_000 }, 'port', 65_535)).toBeUndefined();
    expect(wholeAt({ port: 1.5 }, 'port')).toBeUndefined();
  });
});

it('readSeverity reads words in any case, and leaves what it does not know unknown', () => {
  expect(readSeverity(' HIGH ')).toBe('high');
  expect(readSeverity('moderate')).toBe('medium');
  expect(readSeverity('constructor')).toBe('unknown');
  expect(readSeverity(3)).toBe('unknown');
});
