import { expect, test } from 'vitest';
import type { Row } from '../../bench/row.ts';
import { table } from '../../bench/table.ts';

const atLeastHalf = { of: 'ratio', at: 'least', value: 0.5 } as const;
const row = (more: Partial<Row>): Row => ({ id: 'x', what: 'alerts', figure: 2_000, unit: 'alerts/s', ...more });
const lastLine = (one: Row) => table([one]).split('\n').at(-1);

test('a goal that is reached says so, with figure, ratio and goal', () => {
  expect(lastLine(row({ beside: { what: 'raw', figure: 4_000 }, goal: atLeastHalf }))).toBe(
    'alerts   2,000 alerts/s  4,000 raw   50 %  ≥ 50 %  reached',
  );
});

test('a goal that is missed says so', () => {
  expect(lastLine(row({ beside: { what: 'raw', figure: 4_001 }, goal: atLeastHalf }))).toMatch(/ missed$/);
  expect(lastLine(row({ figure: 301, unit: 'MB', goal: { of: 'figure', at: 'most', value: 300 } }))).toMatch(
    / missed$/,
  );
});

test('what could not be measured is a missed goal', () => {
  const goal = { of: 'figure', at: 'most', value: 1_000 } as const;
  expect(lastLine(row({ figure: Number.NaN, goal }))).toMatch(/none alerts\/s.* missed$/);
  expect(lastLine(row({ figure: Number.POSITIVE_INFINITY, goal }))).toMatch(/ missed$/);
  expect(lastLine(row({ goal: atLeastHalf }))).toMatch(/ missed$/);
});

test('a row without a goal judges nothing', () => {
  expect(lastLine(row({}))).toBe('alerts   2,000 alerts/s');
});
