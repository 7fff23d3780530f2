import { describe, expect, test } from 'vitest';
import { matching, reading } from '../one-rule.ts';

const logsource = { product: 'windows', category: 'process_creation' };
const rule = (title: string, id: string, detection = 'selection: {Image: x}\n  condition: selection') =>
  `title: ${title}\nid: ${id}\nname: name_of_${id}\nlogsource:\n  product: windows\n  category: process_creation\ndetection:\n  ${detection}\n`;

const filter = (rules: string, condition = 'not selection', where = 'product: windows, category: process_creation') =>
  `title: A filter\nlogsource: {${where}}\nfilter:\n  rules: ${rules}\n  selection:\n    User|startswith: adm_\n  condition: ${condition}\n`;

const admin = { Image: 'x', User: 'adm_kai' };
const other = { Image: 'x', User: 'kai' };
const both = { 'a.yml': rule('A', 'id-a'), 'b.yml': rule('B', 'id-b') };

describe('Filters, Global Filter', () => {
  test('what the filter takes out no longer matches, everything else does', () => {
    const files = { ...both, 'f.yml': filter('[id-a]') };
    expect(matching(files, other, logsource)).toEqual(['A', 'B']);
    expect(matching(files, admin, logsource)).toEqual(['B']);
    expect(matching(files, { Image: 'y', User: 'kai' }, logsource)).toEqual([]);
  });

  test('rules are referred to by id or by name, several at once', () => {
    expect(matching({ ...both, 'f.yml': filter('[name_of_id-b]') }, admin, logsource)).toEqual(['A']);
    expect(matching({ ...both, 'f.yml': filter('[id-a, name_of_id-b]') }, admin, logsource)).toEqual([]);
    expect(matching({ ...both, 'f.yml': filter('[id-a, name_of_id-b]') }, other, logsource)).toEqual(['A', 'B']);
  });

  test('it may stand before or behind its rule, in the same file too', () => {
    for (const text of [`${filter('[id-a]')}---\n${both['a.yml']}`, `${both['a.yml']}---\n${filter('[id-a]')}`]) {
      expect(matching({ 'all.yml': text }, admin, logsource)).toEqual([]);
      expect(matching({ 'all.yml': text }, other, logsource)).toEqual(['A']);
    }
  });

  test('two filters of one rule both narrow it', () => {
    const second = filter('[id-a]').replace('A filter', 'Second').replace('startswith: adm_', 'endswith: _svc');
    const files = { ...both, 'f.yml': filter('[id-a]'), 'g.yml': second };
    expect(matching(files, admin, logsource)).toEqual(['B']);
    expect(matching(files, { Image: 'x', User: 'x_svc' }, logsource)).toEqual(['B']);
    expect(matching(files, other, logsource)).toEqual(['A', 'B']);
  });

  test('a filter is no rule', () => {
    const set = reading({ ...both, 'f.yml': filter('[id-a]') });
    expect(set.rules.map((each) => each.title).sort()).toEqual(['A', 'B']);
  });
});

describe('Filters, filter condition: the two readings', () => {
  test('not selection: events of the selection are taken out', () => {
    const set = reading({ ...both, 'f.yml': filter('[id-a]', 'not selection') });
    expect(set.warnings).toEqual([]);
    expect(set.problems).toEqual([]);
  });

  test('selection, as in the example: the condition is added as it stands, with a warning', () => {
    const files = { ...both, 'f.yml': filter('[id-a]', 'selection') };
    expect(matching(files, admin, logsource)).toEqual(['A', 'B']);
    expect(matching(files, other, logsource)).toEqual(['B']);
    const [warning, ...more] = reading(files).warnings;
    expect(more).toEqual([]);
    expect(warning?.path).toBe('f.yml');
    expect(warning?.message).toMatch(/not/);
  });
});

describe('Filters, filter selection: its names are its own', () => {
  test('a selection of the rule with the same name stays what it is', () => {
    const files = { 'a.yml': rule('A', 'id-a'), 'f.yml': filter('[id-a]') };
    expect(matching(files, other, logsource)).toEqual(['A']);
    expect(matching(files, { Image: 'y', User: 'kai' }, logsource)).toEqual([]);
  });

  test('patterns of the rule do not see the selections of the filter', () => {
    const any = 'selection_a: {Image: x}\n  selection_b: {Image: z}\n  condition: 1 of selection*';
    for (const text of [any, any.replace('1 of selection*', '1 of them')]) {
      const files = { 'a.yml': rule('A', 'id-a', text), 'f.yml': filter('[id-a]') };
      expect(matching(files, other, logsource)).toEqual(['A']);
      expect(matching(files, { Image: 'y', User: 'adm_x' }, logsource)).toEqual([]);
      expect(matching(files, admin, logsource)).toEqual([]);
    }
  });

  test('patterns of the filter do not see the selections of the rule', () => {
    const wide = filter('[id-a]', 'not 1 of sel*').replace('  condition:', '  sel_2:\n    User: backup\n  condition:');
    const files = { 'a.yml': rule('A', 'id-a'), 'f.yml': wide };
    expect(matching(files, other, logsource)).toEqual(['A']);
    expect(matching(files, admin, logsource)).toEqual([]);
    expect(matching(files, { Image: 'x', User: 'backup' }, logsource)).toEqual([]);
  });

  test('a rule whose conditions are linked with or is narrowed as a whole', () => {
    const or = 'one: {Image: x}\n  two: {Image: z}\n  condition: [one, two]';
    for (const text of [or, or.replace('[one, two]', 'one or two')]) {
      const files = { 'a.yml': rule('A', 'id-a', text), 'f.yml': filter('[id-a]') };
      expect(matching(files, admin, logsource)).toEqual([]);
      expect(matching(files, { Image: 'z', User: 'adm_x' }, logsource)).toEqual([]);
      expect(matching(files, { Image: 'z', User: 'kai' }, logsource)).toEqual(['A']);
    }
  });
});

describe('Filters, Log source', () => {
  test('a filter of a wider log source applies', () => {
    expect(
      matching({ ...both, 'f.yml': filter('[id-a]', 'not selection', 'product: windows') }, admin, logsource),
    ).toEqual(['B']);
    expect(
      matching({ ...both, 'f.yml': filter('[id-a]', 'not selection', 'product: windows') }, other, logsource),
    ).toEqual(['A', 'B']);
  });

  test('a filter of another log source than the rule it names does not apply, and that is told', () => {
    const set = reading({ ...both, 'f.yml': filter('[id-a]', 'not selection', 'product: linux') });
    const told = [...set.problems, ...set.warnings].filter((each) => each.path === 'f.yml');
    expect(told).toHaveLength(1);
    expect(set.rules).toHaveLength(2);
  });

  test('is mandatory', () => {
    const text = filter('[id-a]').replace(/logsource.*\n/, '');
    expect(reading({ ...both, 'f.yml': text }).problems).toMatchObject([{ path: 'f.yml', state: 'error' }]);
  });
});

describe('Filters: refused', () => {
  test.each([
    ['an unknown rule', filter('[nowhere]'), /nowhere/],
    ['one unknown rule among known ones', filter('[id-a, nowhere]'), /nowhere/],
    ['no rules', filter('[]'), /rules/],
    ['rules that are no list', filter('{a: 1}'), /rules/],
    ['no rules at all', filter('[id-a]').replace(/ {2}rules.*\n/, ''), /rules/],
    ['no condition', filter('[id-a]').replace(/ {2}condition.*\n/, ''), /condition/],
    ['a selection that is not there', filter('[id-a]', 'not other'), /other/],
    ['no selection', filter('[id-a]').replace(/ {2}selection:\n.*\n/, ''), /selection/],
    ['an unknown modifier', filter('[id-a]').replace('startswith', 'startwith'), /startwith/],
    ['no title', filter('[id-a]').replace(/title.*\n/, ''), /title/],
    ['a filter that is no map', 'title: A filter\nlogsource: {product: windows}\nfilter: [x]\n', /filter/],
  ])('%s', (_, text, reason) => {
    const set = reading({ ...both, 'f.yml': text });
    expect(set.problems.map((problem) => problem.reason).join()).toMatch(reason);
    for (const problem of set.problems) expect(problem).toMatchObject({ path: 'f.yml', state: 'error' });
    expect(set.rules).toHaveLength(2);
  });
});
