import { describe, expect, test } from 'vitest';
import { Correlator } from '../../../src/detect/correlation/correlator.ts';
import { readRules } from '../../../src/detect/read-rules.ts';
import { seen } from './rules.ts';

function rulesOf(...names: string[]): string[] {
  return names.map(
    (name) => `
title: ${name}
name: ${name}
logsource: { product: test }
detection: { selection: { kind: ${name} }, condition: selection }`,
  );
}

/** Reads a correlation written in YAML over the rules `a` and `b`, tells it events, and returns its matches as text. */
function told(
  correlation: string,
  events: [name: string, second: number, fields?: Record<string, unknown>][],
): string[] {
  const text = [...rulesOf('a', 'b'), correlation].join('\n---');
  const { rules, correlations, problems } = readRules([{ path: 'chain.yml', text }]);
  expect(problems).toEqual([]);
  const correlator = new Correlator<string>(correlations);
  const found = events.flatMap(([name, second, fields = {}]) => {
    const rule = rules.find((one) => one.name === name);
    return rule ? correlator.add(seen([rule, second, fields])) : [];
  });
  return [...found, ...correlator.finish()].map(({ rule, refs }) => `${rule.title}: ${refs.join(' ')}`);
}

const head = '\ntitle: T\ncorrelation:\n';

describe('correlations as they are written', () => {
  test.each<[section: string, correlation: string, events: Parameters<typeof told>[1], expected: string[]]>([
    [
      'Event Count (event_count)',
      `${head}  { type: event_count, rules: [a], group-by: [Host], timespan: 1h, condition: { gte: 2 } }`,
      [
        ['a', 0, { Host: 'x' }],
        ['a', 1, { Host: 'y' }],
        ['a', 3600, { Host: 'x' }],
      ],
      ['T: a0 a3600'],
    ],
    [
      'Value Count (value_count)',
      `${head}  { type: value_count, rules: [a], group-by: [Host], timespan: 1d, condition: { field: User, gt: 1 } }`,
      [
        ['a', 0, { Host: 'x', User: 'u' }],
        ['a', 1, { Host: 'x', User: 'u' }],
        ['a', 2, { Host: 'x', User: 'v' }],
      ],
      ['T: a0 a1 a2'],
    ],
    [
      'Temporal Proximity (temporal)',
      `${head}  { type: temporal, rules: [a, b], group-by: [Host, User], timespan: 5m }`,
      [
        ['b', 0, { Host: 'x', User: 'u' }],
        ['a', 299, { Host: 'x', User: 'v' }],
        ['a', 300, { Host: 'x', User: 'u' }],
      ],
      ['T: b0 a300'],
    ],
    [
      'Ordered Temporal Proximity (temporal_ordered)',
      `${head}  { type: temporal_ordered, rules: [a, b], group-by: [User], timespan: 30s }`,
      [
        ['b', 0, { User: 'u' }],
        ['a', 1, { User: 'u' }],
        ['b', 31, { User: 'u' }],
      ],
      ['T: a1 b31'],
    ],
    [
      'Value Sum (value_sum)',
      `${head}  { type: value_sum, rules: [a], group-by: [User], timespan: 1h, condition: { field: sent, gt: 1000000 } }`,
      [
        ['a', 0, { User: 'u', sent: 1_000_000 }],
        ['a', 1, { User: 'u', sent: 1 }],
      ],
      ['T: a0 a1'],
    ],
    [
      'Value Average (value_avg)',
      `${head}  { type: value_avg, rules: [a], group-by: [User], timespan: 24h, condition: { field: out, gt: 500 } }`,
      [
        ['a', 0, { User: 'u', out: 400 }],
        ['a', 1, { User: 'u', out: 601 }],
      ],
      ['T: a0 a1'],
    ],
    [
      'Value Percentile (value_percentile)',
      `${head}  { type: value_percentile, rules: [a], group-by: [Host], timespan: 24h, condition: { field: image, lte: 25 } }`,
      [
        ['a', 0, { Host: 'x', image: 'p' }],
        ['a', 1, { Host: 'x', image: 'p' }],
        ['a', 2, { Host: 'x', image: 'p' }],
        ['a', 3, { Host: 'x', image: 'q' }],
      ],
      ['T: a3'],
    ],
    [
      'Value Percentile (value_percentile), with a rank',
      `${head}  { type: value_percentile, rules: [a], group-by: [Host], timespan: 24h, condition: { field: n, percentile: 50, lt: 3 } }`,
      [
        ['a', 0, { Host: 'x', n: 9 }],
        ['a', 1, { Host: 'x', n: 2 }],
        ['a', 2, { Host: 'x', n: 1 }],
      ],
      ['T: a0 a1 a2'],
    ],
    [
      'Condition, a range',
      `${head}  { type: event_count, rules: [a, b], group-by: [], timespan: 1m, condition: { gt: 1, lte: 2 } }`,
      [
        ['a', 0],
        ['b', 1],
        ['a', 100],
        ['a', 101],
        ['b', 102],
      ],
      ['T: a0 b1'],
    ],
    [
      'Field Name Aliases',
      `${head}  { type: temporal, rules: [a, b], group-by: [ip], timespan: 10s, aliases: { ip: { a: dst.ip, b: src.ip } } }`,
      [
        ['a', 0, { 'dst.ip': '192.0.2.1', 'src.ip': '192.0.2.2' }],
        ['b', 1, { 'src.ip': '192.0.2.2' }],
        ['b', 2, { 'src.ip': '192.0.2.1' }],
      ],
      ['T: a0 b2'],
    ],
    [
      'Example, a chain',
      `${head}  { type: temporal_ordered, rules: [many, b], group-by: [User], timespan: 10m }
---
title: Many
name: many
correlation: { type: event_count, rules: [a], group-by: [User], timespan: 10m, condition: { gte: 2 } }`,
      [
        ['a', 0, { User: 'u' }],
        ['a', 1, { User: 'u' }],
        ['b', 2, { User: 'v' }],
        ['b', 3, { User: 'u' }],
      ],
      ['Many: a0 a1', 'T: a0 a1 b3'],
    ],
  ])('section "%s"', (_, correlation, events, expected) => {
    expect(told(correlation, events)).toEqual(expected);
  });
});
