import { describe, expect, test } from 'vitest';
import { expectRefused, problems, reading, warnings } from '../one-rule.ts';

const rest = 'logsource:\n  category: test\ndetection:\n  a: {a: 1}\n  condition: a\n';
const rule = (head: string) => `title: A rule\n${head}\n${rest}`;
const id = '7d2f3a0c-59b8-4f27-8f0f-1c8a1a2f6b01';

/** What is said about a text, whether it keeps the rule from working or not. */
const complaints = (text: string) => [
  ...problems(text).map((problem) => problem.reason),
  ...warnings(text).map((warning) => warning.message),
];

describe('Rules, Components: what a rule says of itself', () => {
  test('is kept', () => {
    const text = rule(
      `id: ${id}\nname: a_rule\nstatus: test\ndescription: |\n  Two\n  lines\nlicense: Apache-2.0\nauthor: Kai, Mia\nreferences:\n  - https://example.com/a\ntags:\n  - attack.t1059.001\n  - attack.execution\nfalsepositives:\n  - Administrators\nlevel: high\nfields:\n  - User`,
    );
    expect(complaints(text)).toEqual([]);
    expect(reading({ 'a.yml': text }).rules[0]).toMatchObject({
      title: 'A rule',
      id,
      name: 'a_rule',
      status: 'test',
      license: 'Apache-2.0',
      author: 'Kai, Mia',
      references: ['https://example.com/a'],
      tags: ['attack.t1059.001', 'attack.execution'],
      falsepositives: ['Administrators'],
      level: 'high',
      fields: ['User'],
      silent: false,
    });
  });

  test('arbitrary custom fields are allowed', () => {
    const text = rule(
      'date: 2026-03-18\nmodified: 2026-03-19\nscope:\n  - server\nrelated:\n  - {id: x, type: similar}\ncustom: {a: [1]}\ntests: []',
    );
    expect(complaints(text)).toEqual([]);
    expect(reading({ 'a.yml': text }).rules).toHaveLength(1);
  });

  test('what is optional may be left out', () => {
    expect(reading({ 'a.yml': rule('') }).rules[0]).toMatchObject({ id: '', tags: [], references: [], fields: [] });
    expect(reading({ 'a.yml': rule('') }).rules[0]?.level).toBeUndefined();
  });
});

describe('Rules, Title', () => {
  test('is mandatory', () => {
    expectRefused(rest, /title/);
    expectRefused(`title: ''\n${rest}`, /title/);
    expectRefused(`title:\n${rest}`, /title/);
  });

  test('is a text of at most 256 characters', () => {
    expectRefused(`title: [a]\n${rest}`, /title/);
    expect(complaints(`title: ${'x'.repeat(257)}\n${rest}`).join()).toMatch(/title/);
    expect(complaints(`title: ${'x'.repeat(256)}\n${rest}`)).toEqual([]);
  });
});

describe('Rules, File Structure: mandatory sections', () => {
  test('logsource', () => {
    expectRefused('title: A rule\ndetection:\n  a: {a: 1}\n  condition: a\n', /logsource|log source/i);
  });

  test('detection', () => {
    expectRefused('title: A rule\nlogsource:\n  category: test\n', /detection/);
    for (const detection of ['', ' []', ' words']) {
      expectRefused(`title: A rule\nlogsource:\n  category: test\ndetection:${detection}\n`, /detection/);
    }
  });

  test('a document is one kind', () => {
    const correlation = 'correlation:\n  type: temporal\n  rules: [x]\n  group-by: [a]\n  timespan: 5m';
    const filter = 'filter:\n  rules: [x]\n  selection: {a: 1}\n  condition: not selection';
    for (const more of [correlation, filter]) {
      const set = reading({ 'a.yml': rule('name: x'), 'b.yml': rule(more) });
      expect(set.problems).toMatchObject([{ path: 'b.yml', state: 'error' }]);
      expect(set.problems[0]?.reason).toMatch(/detection/);
    }
  });
});

describe('Rules, Level and Status', () => {
  test.each(['informational', 'low', 'medium', 'high', 'critical'])('level %s', (level) => {
    expect(reading({ 'a.yml': rule(`level: ${level}`) }).rules[0]?.level).toBe(level);
  });

  test.each(['severe', 'High', '5', '[high]'])('level %s is none', (level) => {
    expectRefused(rule(`level: ${level}`), /level/);
  });

  test.each(['stable', 'test', 'experimental', 'deprecated', 'unsupported'])('status %s', (status) => {
    expect(complaints(rule(`status: ${status}`))).toEqual([]);
  });

  test.each(['testing', 'Stable', '1', '[test]'])('status %s is none', (status) => {
    expectRefused(rule(`status: ${status}`), /status/);
  });
});

describe('Rules, Tags', () => {
  test.each([
    'attack.t1059.001',
    'attack.privilege-escalation',
    'cve.2021-44228',
    'detection.emerging-threats',
    'tlp.amber',
    'car.2016-04-005',
    'stp.1k',
    'd3fend.d3-am',
  ])('%s', (tag) => expect(complaints(rule(`tags: [${tag}]`))).toEqual([]));

  test.each(['attack', "'Attack.T1059'", "'attack.t 1059'", "'attack.'", "'.t1059'", '7', 'null'])(
    '%s is told to be none',
    (tag) => expect(complaints(rule(`tags: [${tag}]`)).join()).toMatch(/tag/),
  );

  test('they are a list of texts', () => expectRefused(rule('tags: {a: b}'), /tags/));
});

describe('Rules, Identification and Name: unique in a set', () => {
  const with2 = (first: string, second: string) =>
    reading({ 'a.yml': rule(first), 'b.yml': rule(second).replace('A rule', 'Another') });

  test('the same id twice is an error that names both files', () => {
    const told = with2(`id: ${id}`, `id: ${id}`).problems.filter((problem) => problem.state === 'error');
    expect(told.length).toBeGreaterThan(0);
    expect(told.map((problem) => `${problem.path} ${problem.reason}`).join()).toMatch(/a\.yml.*b\.yml|b\.yml.*a\.yml/);
    expect(with2(`id: ${id}`, 'id: 1e2b3c4d-0000-4000-8000-000000000000').problems).toEqual([]);
  });

  test('the same name twice is an error that names both files', () => {
    const told = with2('name: same', 'name: same').problems;
    expect(told.map((problem) => `${problem.path} ${problem.reason}`).join()).toMatch(/a\.yml.*b\.yml|b\.yml.*a\.yml/);
    expect(with2('name: one', 'name: two').problems).toEqual([]);
  });

  test('rules without id and name do not collide, nor do equal titles', () => {
    expect(reading({ 'a.yml': rule(''), 'b.yml': rule('') }).rules).toHaveLength(2);
  });

  test('an id is a text, not necessarily a UUID', () => {
    expect(problems(rule('id: our-own-7'))).toEqual([]);
    expectRefused(rule('id: [x]'), /\bid\b/);
  });
});
