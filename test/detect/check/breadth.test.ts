import { describe, expect, it } from 'vitest';
import { about } from './checked.ts';

describe('a rule that asks for next to nothing', () => {
  it.each([
    [
      '{ a: { color|contains: da }, condition: a }',
      'It is enough for this rule that color contains "da", 2 characters: say',
    ],
    ['{ a: { color|contains: [dark, d] }, condition: a }', 'that color contains "d", one character'],
    ['{ a: [da], condition: a }', 'that any value contains "da", 2 characters'],
    ['{ a: { color: "*" }, condition: a }', 'that color has a value, any text does'],
    ['{ a: { color|re: ".*" }, condition: a }', 'that color matches /.*/, any text does'],
    ['{ a: { ip|cidr: 0.0.0.0/0 }, condition: a }', 'that ip is in 0.0.0.0/0, any text does'],
    ['{ a: { color: null }, condition: a }', 'The rule matches events for what they lack alone'],
    ['{ a: { color: red }, condition: not a }', 'The rule matches events for what they lack alone'],
    ['{ a: { color: red }, b: { size: null }, condition: a or b }', 'The rule matches events for what they lack alone'],
    ['{ a: { color|neq: red }, condition: a }', 'The rule matches events for what they lack alone'],
  ])('%s', (detection, expected) => {
    const told = about(detection);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(expected);
  });

  it.each([
    ['three characters', '{ a: { color|contains: dar }, condition: a }'],
    ['a short whole value', '{ a: { size: 7 }, condition: a }'],
    ['the name of a program', '{ a: { image|endswith: /w }, condition: a }'],
    ['a character nobody types by accident', '{ a: { color|contains: "\\u202e" }, condition: a }'],
    ['something short beside something telling', '{ a: { color|contains: d, size: big }, condition: a }'],
    ['something absent beside something telling', '{ a: { color: null, size: big }, condition: a }'],
    ['a form', '{ a: { color|re: "^[0-9a-f]{32}$" }, condition: a }'],
    ['a frame around anything', '{ a: { color: "*{{*}}*" }, condition: a }'],
    ['a form with short literals', '{ a: { color|re: "%2[0-9]+=" }, condition: a }'],
    ['a network', '{ a: { ip|cidr: 10.0.0.0/8 }, condition: a }'],
    ['a number', '{ a: { size|gt: 100 }, condition: a }'],
  ])('is not one that asks for %s', (_, detection) => {
    expect(about(detection)).toEqual([]);
  });
});
