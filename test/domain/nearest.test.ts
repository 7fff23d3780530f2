import { expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';

it.each([
  ['two neighbors swapped', 'egde', ['edge', 'core'], 'edge'],
  ['a letter left out', 'blok', ['approve', 'block'], 'block'],
  ['two slips in five letters', 'sever', ['demo', 'serve'], 'serve'],
  ['another case', 'HOST', ['host', 'user'], 'host'],
  ['the fewest slips', 'undoo', ['unblock', 'undo'], 'undo'],
  ['the first of equals', 'tale', ['take', 'sale'], 'take'],
])('with %s is found', (_what, word, candidates, meant) => {
  expect(nearest(word, candidates)).toBe(meant);
});

it.each([
  ['half of a short word is other letters', 'no', ['ip']],
  ['more than a third is', 'quarantine', ['investigate']],
  ['the word is far too long', `block${'k'.repeat(100_000)}`, ['block']],
  ['there is none', 'block', []],
])('nothing is suggested when %s', (_what, word, candidates) => {
  expect(nearest(word, candidates)).toBeUndefined();
});
