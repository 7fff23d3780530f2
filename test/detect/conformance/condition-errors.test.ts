import { describe, expect, test } from 'vitest';
import { detecting, expectRefused, matches, problems } from '../one-rule.ts';

const over = (condition: string) => detecting(`a: {a: 1}\nb: {b: 1}\n_c: {c: 1}\ncondition: ${condition}`);

describe('Rules, Condition: what cannot be read is refused', () => {
  test.each([
    ['a selection that is not there', 'a and missing', /missing/],
    ['a selection in another case', 'A', /\bA\b/],
    ['a pattern that finds nothing', '1 of x*', /x\*/],
    ['all of a pattern that finds nothing', 'a or all of x*', /x\*/],
    ['words behind the end', 'a b', /\bb\b/],
    ['a bracket behind the end', "'a )'", /\)|bracket|parenthes/i],
    ['a bracket that is not closed', "'(a and b'", /\(|\)|bracket|parenthes|end/i],
    ['empty brackets', "'()'", /./],
    ['no left side', "'and a'", /and/],
    ['no right side', "'a and'", /./],
    ['not of nothing', "'a and not'", /./],
    ['two operators', "'a and or b'", /\bor\b/],
    ['of without a pattern', "'1 of'", /./],
    ['of without a number', "'of a*'", /\bof\b/],
    ['none of', '0 of a*', /0/],
    ['more than there are', '3 of them', /3/],
    ['a sign that is no word', "'a && b'", /&/],
    ['an exclamation mark', "'!a'", /!/],
    ['nothing', "''", /condition/],
    ['null', 'null', /condition/],
    ['an empty list', '[]', /condition/],
    ['a map', '{a: b}', /condition/],
    ['a list with a map', '[a, {b: 1}]', /condition/],
    ['a list with a bad one', '[a, missing]', /missing/],
  ])('%s', (_, condition, reason) => expectRefused(over(condition), reason));

  test('them, when every selection begins with an underscore', () => {
    expectRefused(detecting('_a: {a: 1}\ncondition: 1 of them'), /them/);
  });

  test('no condition at all', () => expectRefused(detecting('a: {a: 1}'), /condition/));

  test('no selection at all', () => expectRefused(detecting('condition: a'), /\ba\b/));

  test('the reason tells the condition it is about', () => {
    expect(problems(over('a and missing')).map((problem) => problem.reason)).toEqual([
      expect.stringContaining('missing'),
    ]);
  });
});

describe('Correlations, Expression of Relationships In The Condition of Sigma Rules', () => {
  test.each(['count() > 5', 'count(a) by b >= 3', 'sum(x) > 1', 'min(x) < 1', 'max(x) < 1', 'avg(x) < 1'])(
    'the obsolete aggregation is refused: a | %s',
    (aggregation) => expectRefused(over(`'a | ${aggregation}'`), /aggregation/i),
  );

  test('the obsolete near is refused by name', () => {
    expectRefused(over("'a | near b'"), /near|aggregation/i);
    expectRefused(over("'a near b'"), /near/);
  });

  test('the obsolete timeframe is refused by name', () => {
    expectRefused(detecting('a: {a: 1}\ntimeframe: 5m\ncondition: a'), /timeframe/);
  });
});

describe('Rules, Condition: bounds', () => {
  test('brackets and nots some levels deep are read', () => {
    const deep = `${'not ('.repeat(20)}a${')'.repeat(20)}`;
    expect(matches(over(`'${deep}'`), { a: 1 })).toBe(true);
    expect(matches(over(`'${deep}'`), {})).toBe(false);
  });

  test.each([
    ['brackets', `${'('.repeat(50_000)}a${')'.repeat(50_000)}`],
    ['open brackets', '('.repeat(50_000)],
    ['nots', `${'not '.repeat(50_000)}a`],
  ])('fifty thousand %s are refused, not the end of the process', (_, condition) => {
    expectRefused(over(`'${condition}'`), /./);
  });

  test('a long but flat condition is read', () => {
    const flat = Array.from({ length: 2_000 }, () => 'a').join(' or ');
    expect(matches(over(flat), { a: 1 })).toBe(true);
    expect(matches(over(flat), { b: 1 })).toBe(false);
  });
});
