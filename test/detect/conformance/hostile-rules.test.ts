import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/detect/engine.ts';
import { runFixtures } from '../../../src/detect/fixtures.ts';
import { detecting, expectRefused, reading, selecting } from '../one-rule.ts';

const times = (count: number, of: (k: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, k) => of(k)).join(between);

/** Rules of a pull request that wants the check, or whoever merges it, to run out of time or memory. */
describe('Rules that ask for more than anyone needs', () => {
  test.each([
    [
      'a value that becomes too many',
      `F|windash|contains: '${times(6, (k) => `-${k}`, ' ')}'`,
      /"windash" makes more than 4096/,
    ],
    ['values that become too many', `F|windash:\n${times(40, (k) => `- '-a${k} -b -c -d'`)}`, /more than 20000 values/],
    [
      'many more of them in other selections',
      times(50, (k) => `F${k}|windash: '-a -b -c -d -e'`),
      /more than 20000 values/,
    ],
    ['a long value in many forms', `F|windash: '-a -b -c -d ${'x'.repeat(5_000)}'`, /more than 2000000 characters/],
    [
      'large regular expressions',
      `F|re:\n${times(40, (k) => `- '[a-c]{1,990}[^z]{990}[^x]{990}[^v]{990}${k}'`)}`,
      /a weight of more than 2000000/,
    ],
  ])('are refused with the bound: %s', (_, selection, reason) => expectRefused(selecting(selection), reason));

  test.each([
    ['many times the same selections', times(50, () => 'all of them', ' or ')],
    ['a list of conditions', `[${times(50, () => 'all of them', ', ')}]`],
  ])('are refused where the condition makes them so: %s', (_, condition) => {
    const selections = times(1_000, (k) => `s${k}: {F: v${k}}`);
    expectRefused(detecting(`${selections}\ncondition: ${condition}`), /condition comes to more than 20000 values/);
  });

  test('are refused together, the first too many and whatever comes behind it by name', () => {
    const one = selecting(`F|contains:\n${times(19_000, (k) => `- v${k}`)}`);
    const files = Object.fromEntries(Array.from({ length: 29 }, (_, k) => [`${k}.yml`, one]));
    const { rules, problems } = reading(files);
    expect(rules).toHaveLength(26);
    expect(problems.map(({ path, line, reason }) => `${path}:${line} ${reason.slice(0, 64)}`)).toEqual([
      '26.yml:4 With this rule all rules together come to more than 500000 value',
      '27.yml:4 Not read: all rules together come to more than 500000 values (wh',
      '28.yml:4 Not read: all rules together come to more than 500000 values (wh',
    ]);
  });

  test('are refused where filters make them so, and the rule works as it did', () => {
    const filter = (k: number) =>
      `title: Filter ${k}\nlogsource: {category: test}\nfilter:\n  rules: any\n  s: {G: [${times(9_000, (n) => `v${n}`, ', ')}]}\n  condition: not s\n`;
    const { rules, problems } = reading({ 'r.yml': selecting('F: x'), 'f.yml': [0, 1, 2].map(filter).join('---\n') });
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^With this filter the rule "A rule", .*more than 20000 values/),
    ]);
    expect(new Engine(rules, []).match({ F: 'x' }, { category: 'test' })).toHaveLength(1);
  });

  test('a pattern of selections is compared in linear time', () => {
    const pattern = `${'a*'.repeat(60)}c`;
    expectRefused(detecting(`${'a'.repeat(200)}b: {F: 1}\ncondition: 1 of ${pattern}`), /No selection is named/);
  });

  test('a filter that names nothing is for no rule', () => {
    const filter = `title: A filter\nlogsource: {category: test}\nfilter:\n  rules: ['']\n  s: {F: x}\n  condition: not s\n`;
    const { problems } = reading({ 'r.yml': selecting('F: x'), 'f.yml': filter });
    expect(problems.map(({ reason }) => reason)).toEqual([expect.stringMatching(/names rules that are not there/)]);
  });
});

describe('Documents that are wrong in many places', () => {
  test('are told of in the first twenty', () => {
    const { problems } = reading({ 'a.yml': detecting(`${times(5_000, (k) => `s${k}: {F|foo: 1}`)}\ncondition: s0`) });
    expect(problems.slice(0, 20).map(({ line }) => line)).toEqual(Array.from({ length: 20 }, (_, k) => k + 5));
    expect(problems.slice(20).map(({ reason }) => reason)).toEqual(['4980 more is wrong with this document.']);
  });

  test('are found by their line, also in one of very many keys', () => {
    const { problems } = reading({ 'a.yml': `detection: {${times(40_000, (k) => `a${k}: 1`, ', ')}}` });
    expect(problems.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '1 A title is missing.',
      '1 A logsource is missing.',
    ]);
  });

  test('are not read at all when there are too many in a file', () => {
    const { problems } = reading({ 'a.yml': 'a: 1\n---\n'.repeat(60_000) });
    expect(problems.map(({ reason }) => reason)).toEqual(['The file has more than 5000 documents.']);
  });
});

describe('Correlations of correlations', () => {
  const chain = (length: number) =>
    times(
      length,
      (k) =>
        `title: C${k}\nname: c${k}\ncorrelation: {type: event_count, rules: [c${k + 1}], timespan: 1m, condition: {gte: 1}}`,
      '\n---\n',
    );
  const inner = (name: string) => `name: ${name}\n${selecting('F: x')}`;

  test('may be 50 deep', () => {
    const { correlations, problems } = reading({ 'c.yml': chain(50), 'r.yml': inner('c50') });
    expect(problems).toEqual([]);
    expect(correlations).toHaveLength(50);
  });

  test.each([
    ['outermost first', false],
    ['innermost first', true],
  ])('no deeper, %s', (_, turned) => {
    const documents = chain(5_000).split('\n---\n');
    const text = (turned ? documents.toReversed() : documents).slice(0, 4_990).join('\n---\n');
    const { problems } = reading({ 'c.yml': text, 'r.yml': inner(turned ? 'c5000' : 'c4990') });
    expect(problems.some(({ reason }) => /more than 50 deep/.test(reason))).toBe(true);
  });
});

describe('Names that nobody can read or no database can hold', () => {
  test.each(['title', 'id', 'name'])('are refused as %s', (key) => {
    const rule = selecting('F: x').replace('title: A rule\n', '');
    const others = key === 'title' ? '' : 'title: A rule\n';
    expectRefused(`${others}${key}: "a\\0b"\n${rule}`, new RegExp(`The ${key} has line breaks`));
  });

  test.each([
    ['group-by: ["a\\0"]', /control characters/],
    [`group-by: [${times(21, (k) => `f${k}`, ', ')}]`, /more than 20 fields/],
  ])('are refused in a correlation: %s', (line, reason) => {
    const correlation = `title: C\ncorrelation:\n  type: event_count\n  rules: [r]\n  timespan: 1m\n  condition: {gte: 2}\n  ${line}\n`;
    const { correlations, problems } = reading({ 'c.yml': correlation, 'r.yml': `name: r\n${selecting('F: x')}` });
    expect(correlations).toEqual([]);
    expect(problems.map(({ path, line, reason }) => ({ path, line, reason }))).toEqual([
      { path: 'c.yml', line: 7, reason: expect.stringMatching(reason) },
    ]);
  });
});

describe('Sentences about rules', () => {
  test('are one line of what can be seen, however the rule is written', () => {
    const text = detecting(`a: {F: x}\ncondition: "a \\e[2J\\n::error::\\u202e${'x'.repeat(20_000)}"`);
    const [problem] = reading({ 'a.yml': text }).problems;
    expect(problem?.reason).toMatch(/is not expected here|stands where/);
    expect(problem?.reason).not.toMatch(/\p{Cc}|\p{Cf}/u);
    expect(problem?.reason.length).toBeLessThanOrEqual(1_000);
  });
});

describe('Tests of a rule that are too many', () => {
  test('are run up to the bound, which is told', () => {
    const tests = times(
      300,
      (k) => `  - {name: t${k}, match: true, event: {F: x}, logsource: {category: test, service: s${k}}}`,
    );
    const text = `${selecting(`F:\n${times(5_000, (k) => `- v${k}`)}\n- x`)}tests:\n${tests}\n`;
    const found = runFixtures(reading({ 'a.yml': text }), []).filter(({ severity }) => severity === 'error');
    expect(found.map(({ line, message }) => ({ line, message }))).toEqual([
      {
        line: text.split('\n').findIndex((line) => line.includes('name: t200,')) + 1,
        message: 'There are 300 tests, over the bound of 200 for one rule.',
      },
    ]);
  });
});
