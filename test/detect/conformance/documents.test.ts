import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { detecting, expectRefused, expectTold, matching, problems, reading, selecting } from '../one-rule.ts';

const rule = (title: string, value: string, more = '') =>
  `title: ${title}\n${more}logsource:\n  category: test\ndetection:\n  a:\n    F: ${value}\n  condition: a\n`;
const logsource = { category: 'test' };

describe('Rules, Yaml File: several documents in one file', () => {
  const three = [rule('One', '1'), rule('Two', '2'), rule('Three', '3')].join('---\n');

  test('each is a rule', () => {
    expect(matching({ 'a.yml': three }, { F: 2 }, logsource)).toEqual(['Two']);
    expect(matching({ 'a.yml': three }, { F: 4 }, logsource)).toEqual([]);
  });

  test('each knows its file and the line it begins at', () => {
    const places = reading({ 'a.yml': three }).rules.map(({ title, path, line }) => ({ title, path, line }));
    expect(places).toEqual([
      { title: 'One', path: 'a.yml', line: 1 },
      { title: 'Two', path: 'a.yml', line: 9 },
      { title: 'Three', path: 'a.yml', line: 17 },
    ]);
  });

  test('a mark before the first and behind the last changes nothing', () => {
    expect(reading({ 'a.yml': `---\n${three}---\n` }).rules.map((each) => each.title)).toEqual(['One', 'Two', 'Three']);
    expect(problems(`---\n${three}...\n`)).toEqual([]);
  });

  test('a bad document is named by its line and leaves the others in force', () => {
    const set = reading({
      'a.yml': [rule('One', '1'), rule('Two', '2').replace('F:', 'F|no:'), rule('Three', '3')].join('---\n'),
    });
    expect(set.rules.map((each) => each.title)).toEqual(['One', 'Three']);
    expect(set.problems).toHaveLength(1);
    expect(set.problems[0]?.line).toBeGreaterThanOrEqual(9);
    expect(set.problems[0]?.line).toBeLessThanOrEqual(16);
  });

  test('a bad file leaves the others in force', () => {
    const set = reading({ 'a.yml': 'title: [', 'b.yml': rule('One', '1') });
    expect(set.rules.map((each) => each.title)).toEqual(['One']);
    expect(set.problems.map((problem) => problem.path)).toEqual(['a.yml']);
  });

  test('a problem carries the id of its rule', () => {
    const id = '0f1c1c1e-6b0a-4c56-9d0b-0a4f6a2f7c11';
    expect(problems(rule('One', '1', `id: ${id}\n`).replace('F:', 'F|no:'))).toMatchObject([{ ruleId: id }]);
    expect(problems(rule('One', '1').replace('F:', 'F|no:'))).toMatchObject([{ ruleId: '' }]);
  });
});

describe('Rules, Yaml File: what YAML allows', () => {
  test('a byte order mark', () => {
    expect(reading({ 'a.yml': `\ufeff${rule('One', '1')}` }).rules).toHaveLength(1);
    expect(problems(`\ufeff${rule('One', '1')}`)).toEqual([]);
  });

  test('CR-LF line ends', () => {
    const text = detecting("a:\n  F: 'x'\n  G:\n    - 'y'\n    - 'z'\ncondition: a").replaceAll('\n', '\r\n');
    expectTold(text, { matches: [{ F: 'x', G: 'z' }], not: [{ F: 'x\r', G: 'z' }, { F: 'x' }] });
  });

  test('comments, anchors, folded and literal blocks', () => {
    expectTold(detecting('# words\na:\n  F: &v x # more\n  G: *v\n  H: |-\n    one\n    two\ncondition: a'), {
      matches: [{ F: 'x', G: 'x', H: 'one\ntwo' }],
      not: [
        { F: 'x', G: '*v', H: 'one\ntwo' },
        { F: 'x', G: 'x', H: 'one two' },
      ],
    });
  });

  test('quotes inside quotes', () => {
    expectTold(selecting(`F: 'it''s "so"'`), { matches: [{ F: `it's "so"` }], not: [{ F: `it''s "so"` }] });
  });
});

describe('Rules, Yaml File: hazards are refused with their line', () => {
  test.each([
    ['a tab', 'title: A\nlogsource:\n\tcategory: x\n'],
    ['a key twice in the rule', `title: Other\n${rule('One', '1')}`],
    ['a key twice in a selection', selecting('F: x\nF: y')],
    ['a selection twice', detecting('a: {F: 1}\na: {F: 2}\ncondition: a')],
    ['an open bracket', 'title: [\n'],
    ['a function tag', selecting('F: !!js/function "function () { return 1 }"')],
    ['a regexp tag', selecting('F: !!js/regexp /a/')],
    ['a tag of an unknown kind', selecting('F: !secret x')],
    ['an alias of nothing', selecting('F: *nothing')],
    ['two colons', 'title: a: b: c\n'],
  ])('%s', (_, text) => expectRefused(text, /./));

  test('a merge key and a prototype key do not reach objects', () => {
    reading({ 'a.yml': 'title: A\n__proto__:\n  polluted: true\n', 'b.yml': selecting('__proto__: {polluted: true}') });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('aliases that grow without bound are refused', () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    );
    expectRefused(`l0: &l0 x\n${levels.join('\n')}\n${rule('One', '*l12')}`, /./);
  });

  test('nesting without end is refused, not the end of the process', () => {
    expectRefused(`title: ${'['.repeat(100_000)}\n`, /./);
    expectRefused(selecting(`F: ${'{a: '.repeat(20_000)}1${'}'.repeat(20_000)}`), /./);
  });

  test('a huge file is refused', () => {
    expectRefused(`${rule('One', '1')}# ${'x'.repeat(32 * 1024 * 1024)}\n`, /large|big|bytes|size|long/i);
  });

  test.each(['', '\n', '# only words\n', '---\n', '---\n---\n'])('an empty file holds no rule: %j', (text) => {
    expect(reading({ 'a.yml': text, 'b.yml': rule('One', '1') }).rules).toHaveLength(1);
    expect(problems(text)).toEqual([]);
  });

  test.each(['just words\n', '- a\n- b\n', '42\n'])('what is no map is refused: %j', (text) =>
    expectRefused(text, /./),
  );

  test('whatever a file holds, reading it returns', () => {
    const piece = fc.constantFrom(
      'title: ',
      'detection:\n',
      '  a:\n',
      '    F|re: ',
      '(',
      "'",
      '"',
      '- ',
      '&x ',
      '*x ',
      '---\n',
      '\t',
      '|',
      '>',
      '{',
      '}',
      '[',
      ']',
      '!!',
      '\n',
      'condition: ',
      'correlation:\n',
      'filter:\n',
      '  rules: ',
      '\0',
      ': ',
    );
    const text = fc
      .array(fc.oneof(piece, fc.string({ maxLength: 6 })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (content) => {
        const set = reading({ 'a.yml': content });
        return set.rules.length + set.correlations.length + set.problems.length >= 0;
      }),
      { numRuns: 500 },
    );
  });
});
