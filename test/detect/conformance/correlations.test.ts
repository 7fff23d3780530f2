import { describe, expect, test } from 'vitest';
import type { Correlation } from '../../../src/detect/rule.ts';
import { expectRefused, reading } from '../one-rule.ts';

const base = (name: string, value = 1) =>
  `title: Rule ${name}\nid: id-${name}\nname: ${name}\nlogsource:\n  category: test\ndetection:\n  a: {a: ${value}}\n  condition: a\n`;

const bases = { 'a.yml': base('a'), 'b.yml': base('b', 2) };

const correlation = (body: string, head = '') =>
  `title: A correlation\n${head}correlation:\n${body.trim().replace(/^(?=.)/gm, '  ')}\n`;

const count = (more = '') =>
  correlation(`type: event_count\nrules: [a]\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 3}\n${more}`);

function only(text: string): Correlation {
  const set = reading({ ...bases, 'c.yml': text });
  expect(set.problems).toEqual([]);
  const [first, ...others] = set.correlations;
  if (!first || others.length > 0) throw new Error(`The set holds ${set.correlations.length} correlations, not one.`);
  return first;
}

/** Holds that the correlation is refused in its own file, and the rules beside it stay. */
function refused(text: string, reason: RegExp): void {
  const set = reading({ ...bases, 'c.yml': text });
  expect(set.correlations).toEqual([]);
  expect(set.problems.map((problem) => problem.reason).join()).toMatch(reason);
  for (const problem of set.problems) expect(problem).toMatchObject({ path: 'c.yml', state: 'error' });
  expect(set.rules).toHaveLength(2);
}

describe('Correlations, Correlation type', () => {
  const field = ['value_count', 'value_sum', 'value_avg', 'value_percentile'];
  test.each(['event_count', 'temporal', 'temporal_ordered', ...field])('%s', (type) => {
    const condition = `condition: {gte: 3${field.includes(type) ? ', field: User' : ''}}`;
    const read = only(correlation(`type: ${type}\nrules: [a, b]\ngroup-by: [User]\ntimespan: 5m\n${condition}`));
    expect(read).toMatchObject({ type, groupBy: ['User'], timespan: 300, condition: { gte: 3 } });
    expect(read.valueFields).toEqual(field.includes(type) ? ['User'] : []);
    expect(read.rules.map((each) => each.title)).toEqual(['Rule a', 'Rule b']);
  });

  test.each(['event_counts', 'Event_Count', "''", 'null', '[temporal]'])('%s is none', (type) => {
    refused(correlation(`type: ${type}\nrules: [a]\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 3}`), /type/);
  });

  test('is mandatory', () => {
    refused(correlation('rules: [a]\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 3}'), /type/);
  });

  test.each(field)('%s needs a field in its condition', (type) => {
    refused(correlation(`type: ${type}\nrules: [a]\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 3}`), /field/);
  });

  test.each(['event_count', ...field])('%s needs a condition', (type) => {
    refused(correlation(`type: ${type}\nrules: [a]\ngroup-by: [User]\ntimespan: 5m`), /condition/);
  });

  test.each(['temporal', 'temporal_ordered'])('%s needs none', (type) => {
    expect(only(correlation(`type: ${type}\nrules: [a, b]\ngroup-by: [User]\ntimespan: 5m`)).type).toBe(type);
  });
});

describe('Correlations, Related rules', () => {
  test('they are referred to by name or id', () => {
    expect(only(count().replace('[a]', '[id-b, a]')).rules.map((each) => each.title)).toEqual(['Rule b', 'Rule a']);
  });

  test('a reference to nothing is refused by name', () => {
    refused(count().replace('[a]', '[nowhere]'), /nowhere/);
    refused(count().replace('[a]', '[a, nowhere]'), /nowhere/);
    refused(count().replace('[a]', '[Rule a]'), /Rule a/);
  });

  test.each(['rules: []', 'rules: {a: 1}', 'rules: [7.5, {}]', ''])('none is refused: %j', (rules) => {
    refused(count().replace('rules: [a]', rules), /rules/);
  });

  test('correlations chain, whatever the order of the documents', () => {
    const inner = count().replace('title:', 'name: inner\ntitle:').replace('A correlation', 'Inner');
    const outer = correlation('type: temporal_ordered\nrules: [inner, b]\ngroup-by: [User]\ntimespan: 10m');
    for (const text of [`${inner}---\n${outer}`, `${outer}---\n${inner}`]) {
      const set = reading({ ...bases, 'c.yml': text });
      expect(set.problems).toEqual([]);
      const found = set.correlations.find((each) => each.title === 'A correlation');
      expect(found?.rules.map((each) => each.title)).toEqual(['Inner', 'Rule b']);
      expect(found?.rules[0]).toBe(set.correlations.find((each) => each.title === 'Inner'));
    }
  });

  test('a cycle is refused', () => {
    const named = (name: string, to: string) =>
      count().replace('title: A correlation', `title: ${name}\nname: ${name}`).replace('[a]', `[${to}]`);
    for (const text of [named('x', 'x'), `${named('x', 'y')}---\n${named('y', 'x')}`]) {
      const set = reading({ ...bases, 'c.yml': text });
      expect(set.correlations).toEqual([]);
      expect(set.problems.length).toBeGreaterThan(0);
      for (const problem of set.problems) expect(problem).toMatchObject({ path: 'c.yml', state: 'error' });
      expect(set.problems[0]?.reason).toMatch(/itself|cycle|circle|round/i);
    }
  });

  test('a rule that is refused or switched off takes its correlation with it, and says so', () => {
    const set = reading({ 'a.yml': base('a').replace('{a: 1}', '{a|no: 1}'), 'c.yml': count() });
    expect(set.correlations).toEqual([]);
    expect(set.problems.find((problem) => problem.path === 'c.yml')?.reason).toMatch(/\ba\b/);
    const off = reading({ 'a.yml': base('a').replace('{a: 1}', "{a|expand: '%none%'}"), 'c.yml': count() });
    expect(off.correlations).toEqual([]);
    expect(off.problems.find((problem) => problem.path === 'c.yml')).toMatchObject({
      reason: expect.stringMatching(/\ba\b/),
    });
  });
});

describe('Correlations, Time Selection', () => {
  test.each([
    ['10s', 10],
    ['90m', 5400],
    ['1h', 3600],
    ['2d', 172_800],
  ])('%s', (timespan, seconds) => expect(only(count().replace('5m', timespan)).timespan).toBe(seconds));

  test.each(['5', "'5'", 'm', '5x', '5H', '1h30m', '-5m', '0s', '1.5h', '5 m', "''", 'null', '[5m]'])(
    '%s is none',
    (timespan) => {
      refused(count().replace('timespan: 5m', `timespan: ${timespan}`), /timespan/);
    },
  );

  test('is mandatory', () => refused(count().replace('  timespan: 5m\n', ''), /timespan/));
});

describe('Correlations, Grouping', () => {
  test('several fields are kept in their order', () => {
    expect(only(count().replace('[User]', '[User, Host]')).groupBy).toEqual(['User', 'Host']);
  });

  test.each(['{a: 1}', '[7, {}]', '[[User]]'])('what is no list of fields is refused: %s', (fields) => {
    refused(count().replace('[User]', fields), /group-by/);
  });
});

describe('Correlations, Condition', () => {
  test.each(['gt', 'gte', 'lt', 'lte', 'eq', 'neq'])('%s', (operator) => {
    expect(only(count().replace('gte', operator)).condition).toEqual({ [operator]: 3 });
  });

  test('two bounds are a range', () => {
    expect(only(count().replace('{gte: 3}', '{gt: 100, lte: 200}')).condition).toEqual({ gt: 100, lte: 200 });
  });

  test('the field may be a list', () => {
    const text = correlation(
      'type: value_count\nrules: [a]\ngroup-by: [H]\ntimespan: 1d\ncondition: {gte: 2, field: [User, Domain]}',
    );
    expect(only(text).valueFields).toEqual(['User', 'Domain']);
  });

  test('a limit may be a fraction', () => {
    const text = correlation(
      'type: value_avg\nrules: [a]\ngroup-by: [H]\ntimespan: 1d\ncondition: {gt: 0.5, field: Bytes}',
    );
    expect(only(text).condition).toEqual({ gt: 0.5 });
  });

  test('a percentile has its rank', () => {
    const text = correlation(
      'type: value_percentile\nrules: [a]\ngroup-by: [H]\ntimespan: 1d\ncondition: {gt: 5, field: B, percentile: 95}',
    );
    expect(only(text).percentile).toBe(95);
    for (const rank of ['101', '-1', 'high', 'null'])
      refused(text.replace('percentile: 95', `percentile: ${rank}`), /percentile/);
  });

  test.each([
    '{}',
    '{min: 3}',
    '{gte: many}',
    '{gte: null}',
    '{gte: true}',
    '3',
    "'a and b'",
    '{field: User}',
    '[{gte: 3}]',
  ])('%s is none', (condition) => refused(count().replace('{gte: 3}', condition), /condition|gte|min/));
});

describe('Correlations, Generate', () => {
  const silent = (text: string) =>
    Object.fromEntries(reading({ ...bases, 'c.yml': text }).rules.map((each) => [each.name, each.silent]));

  test('by default the rules a correlation refers to are silent', () => {
    expect(silent(count())).toEqual({ a: true, b: false });
  });

  test('with generate: true they are not', () => {
    expect(silent(`${count()}generate: true\n`)).toEqual({ a: false, b: false });
    expect(silent(`${count()}generate: false\n`)).toEqual({ a: true, b: false });
  });

  test('it may stand in the correlation as well, as pySigma writes it', () => {
    expect(silent(count('generate: true'))).toEqual({ a: false, b: false });
  });

  test('a rule two correlations refer to speaks when one of them says so', () => {
    const quiet = count().replace('A correlation', 'Quiet');
    expect(silent(`${count()}generate: true\n---\n${quiet}`)).toEqual({ a: false, b: false });
  });

  test('an inner correlation is silent like a rule', () => {
    const inner = count().replace('title: A correlation', 'title: Inner\nname: inner');
    const outer = count().replace('[a]', '[inner]');
    const set = reading({ ...bases, 'c.yml': `${inner}---\n${outer}` });
    expect(set.correlations.map(({ title, silent: quiet }) => [title, quiet])).toEqual([
      ['Inner', true],
      ['A correlation', false],
    ]);
  });

  test('it is a boolean', () => refused(`${count()}generate: maybe\n`, /generate/));
});

describe('Correlations, Aliases', () => {
  const temporal = (aliases: string) =>
    correlation(`type: temporal\nrules: [a, b]\ngroup-by: [ip]\ntimespan: 5m\naliases: ${aliases}`);

  test('they map each rule to its field', () => {
    const read = only(temporal('{ip: {a: source.ip, b: destination.ip}}'));
    const fields = [...(read.aliases.get('ip') ?? [])].map(([rule, field]) => [rule.title, field]);
    expect(fields).toEqual([
      ['Rule a', 'source.ip'],
      ['Rule b', 'destination.ip'],
    ]);
  });

  test.each(['{ip: {a: x, nowhere: y}}', '{ip: x}', '[ip]', '{ip: {a: [x]}}', 'ip'])('refused: %s', (aliases) => {
    refused(temporal(aliases), /alias|nowhere/i);
  });
});

describe('Correlations, Components', () => {
  test('what it says of itself is kept', () => {
    const text = correlation(
      'type: temporal\nrules: [a]\ngroup-by: [U]\ntimespan: 5m',
      'id: id-c\nstatus: test\nlevel: high\nauthor: Kai\ntags: [attack.t1110]\nfalsepositives: [Unlikely]\ncustom: 1\n',
    );
    expect(only(text)).toMatchObject({
      id: 'id-c',
      level: 'high',
      author: 'Kai',
      tags: ['attack.t1110'],
      silent: false,
    });
  });

  test('a key that is unknown inside the correlation is refused by name', () => {
    refused(count('timeframe: 5m'), /timeframe/);
    refused(count('group_by: [User]'), /group_by/);
  });

  test('title and level are held to the same rules', () => {
    expectRefused(count().replace('A correlation', ''), /title/);
    refused(`${count()}level: severe\n`, /level/);
  });

  test('a correlation and a rule with one name or id are refused', () => {
    for (const head of ['name: a', 'id: id-a']) {
      const set = reading({ ...bases, 'c.yml': count().replace('[a]', '[b]').replace('title:', `${head}\ntitle:`) });
      expect(set.problems.map((problem) => `${problem.path} ${problem.reason}`).join()).toMatch(
        /a\.yml.*c\.yml|c\.yml.*a\.yml/,
      );
    }
  });

  test('the example of the specification: failed logins, then one that succeeds', () => {
    const login = (name: string, ids: string) =>
      `title: ${name}\nname: ${name}\nlogsource: {product: windows, service: security}\ndetection:\n  s: {EventID: [${ids}]}\n  condition: s\n`;
    const text = [
      correlation(
        'type: temporal_ordered\nrules: [many, successful]\ngroup-by: [User]\ntimespan: 10m',
        'level: high\n',
      ),
      correlation('type: event_count\nrules: [failed]\ngroup-by: [User]\ntimespan: 10m\ncondition: {gte: 10}').replace(
        'A correlation',
        'Many\nname: many',
      ),
      login('failed', '529, 4625'),
      login('successful', '528, 4624'),
    ].join('---\n');
    const set = reading({ 'all.yml': text });
    expect(set.problems).toEqual([]);
    expect(set.correlations.map((each) => each.type).sort()).toEqual(['event_count', 'temporal_ordered']);
    expect(set.rules.map((each) => each.silent)).toEqual([true, true]);
  });
});
