import fc from 'fast-check';
import { expect, it } from 'vitest';
import { contradiction } from '../../../src/detect/check/contradiction.ts';
import { normalForm } from '../../../src/detect/check/normal-form.ts';
import { proves } from '../../../src/detect/check/proof.ts';
import { Shortlist } from '../../../src/detect/check/shortlist.ts';
import { Engine } from '../../../src/detect/engine.ts';
import type { Expression, Test } from '../../../src/detect/expression.ts';
import { readGlob } from '../../../src/detect/glob.ts';
import { linearRegex } from '../../../src/detect/regex.ts';
import type { Rule } from '../../../src/detect/rule.ts';

const glob = fc.string({ unit: fc.constantFrom('a', 'B', '1', '*', '?'), maxLength: 4 }).map(readGlob);
const regexes = ['a', '^a', 'b1$', '^1+$', '(?i)ab'].map((source) => {
  const regex = linearRegex(source, { i: false, m: false, s: false });
  if ('refused' in regex) throw new Error(regex.refused);
  return regex;
});

const test: fc.Arbitrary<Test> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ is: fc.constant('text' as const), glob, cased: fc.boolean() }) },
  fc.constant<Test>({ is: 'null' }),
  fc.boolean().map((present): Test => ({ is: 'exists', present })),
  fc.constantFrom(...regexes).map((regex): Test => ({ is: 'regex', regex })),
  fc.record({
    is: fc.constant('compare' as const),
    by: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
    to: fc.constantFrom(1, 2, 11),
  }),
);

const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.record({ op: fc.constant('test' as const), field: fc.constantFrom('x', 'y'), test }),
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    tie('leaf'),
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), of: tie('any') }),
    fc.array(tie('any'), { minLength: 2, maxLength: 3 }).map((of): Expression => ({ op: 'least', count: 2, of })),
  ),
})).any;

const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'A', 'b', '1'), maxLength: 3 }),
  fc.constantFrom(1, 2, 11, null),
);
const oneValue = fc.dictionary(fc.constantFrom('x', 'y'), value, { maxKeys: 2 });
const anyValues = fc.dictionary(
  fc.constantFrom('x', 'y'),
  fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })),
  { maxKeys: 2 },
);

function rule(of: Expression): Rule {
  const head = { id: '', title: '', tags: [], references: [], falsepositives: [], path: 'x.yml', line: 1 };
  return { ...head, logsource: {}, expression: of, fields: [], silent: false };
}

/** Events that match, by the engine itself. */
function matching(of: Expression, events: Record<string, unknown>[]) {
  const engine = new Engine([rule(of)], []);
  return events.filter((event) => engine.match(event, {}).length > 0);
}

for (const [single, events] of [
  [true, oneValue],
  [false, anyValues],
] as const) {
  const many = fc.array(events, { minLength: 20, maxLength: 20 });
  const fields = single ? 'of one value' : 'of any number of values';

  it(`no event with fields ${fields} matches what is called a contradiction`, () => {
    let found = 0;
    fc.assert(
      fc.property(expression, expression, many, (a, b, given) => {
        const both: Expression = { op: 'and', of: [a, b] };
        if (!contradiction(normalForm(both), { single }, { left: 1_000_000 })) return;
        found += 1;
        expect(matching(both, given)).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
    expect(found).toBeGreaterThan(20);
  });

  it(`every event with fields ${fields} that matches a rule matches what is proved to be broader`, () => {
    let found = 0;
    fc.assert(
      fc.property(expression, expression, fc.boolean(), many, (a, b, wider, given) => {
        // Two at random are seldom one in the other.
        const narrow: Expression = wider ? { op: 'and', of: [a, b] } : a;
        const goal = normalForm(b);
        if (!proves(normalForm(narrow), goal, { single })) return;
        found += 1;
        expect(matching(b, matching(narrow, given))).toEqual(matching(narrow, given));
      }),
      { numRuns: 1_500 },
    );
    expect(found).toBeGreaterThan(100);
  });
}

it('what is proved to be broader by something it must have is on the shortlist', () => {
  let found = 0;
  fc.assert(
    fc.property(expression, expression, (a, b) => {
      const narrow = normalForm({ op: 'and', of: [a, b] });
      const form = normalForm(b);
      const list = new Shortlist([{ rule: rule(b), form }]);
      // A rule that may match by what an event lacks has no test it cannot do without.
      if (list.broader(form).length === 0 || !proves(narrow, form, { single: true })) return;
      found += 1;
      expect(list.broader(narrow)).toHaveLength(1);
    }),
    { numRuns: 1_500 },
  );
  expect(found).toBeGreaterThan(100);
});
