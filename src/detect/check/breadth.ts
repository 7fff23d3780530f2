import { describeTest } from '../describe-test.ts';
import type { Expression, Test } from '../expression.ts';
import { type Glob, literalOf } from '../glob.ts';
import type { RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';

/** Characters a literal needs before it says something by itself. */
const telling = 3;

/** The least an event must have for an expression to match: `length` characters of a value, or nothing at all. */
interface Demand {
  length: number;
  /** The test that asks no more than this; undefined when it is something that must not be there. */
  test?: Extract<Expression, { op: 'test' }>;
}

/** Rules that some events match for next to nothing: for two characters, or for a field they do not have. */
export function breadth({ rules, documents }: RuleSet): Finding[] {
  return rules.flatMap((rule): Finding[] => {
    const { length, test } = least(rule.expression);
    if (length >= telling) return [];
    const line = documents.get(rule)?.lineOf(['detection']) ?? rule.line;
    return [{ path: rule.path, line, ruleId: rule.id, severity: 'warning', message: sentence(length, test) }];
  });
}

function sentence(length: number, test: Demand['test']): string {
  if (!test) return 'The rule matches events for what they lack alone: say also what they must have.';
  const what = `${test.field ?? 'any value'} ${describeTest(test.test)}`;
  const little = length === 0 ? 'any text does' : length === 1 ? 'one character' : `${length} characters`;
  return `It is enough for this rule that ${what}, ${little}: say more of what must be there.`;
}

/** The weakest way for an expression to hold. */
function least(expression: Expression): Demand {
  switch (expression.op) {
    case 'selection':
      return least(expression.of);
    case 'not':
      return { length: 0 };
    case 'test':
      return { length: lengthOf(expression.test), ...(isAbsence(expression.test) ? {} : { test: expression }) };
    case 'and':
      return pick(expression.of.map(least), (a, b) => a.length > b.length || (a.length === b.length && !b.test));
    default:
      return pick(expression.of.map(least), (a, b) => a.length < b.length);
  }
}

function pick(demands: Demand[], better: (a: Demand, b: Demand) => boolean): Demand {
  return demands.reduce((best, one) => (better(one, best) ? one : best), demands[0] ?? { length: 0 });
}

function isAbsence(test: Test): boolean {
  return test.is === 'null' || (test.is === 'exists' && !test.present);
}

function lengthOf(test: Test): number {
  if (test.is === 'null' || test.is === 'exists') return 0;
  if (test.is === 'cidr') return test.block[1] === 0 ? 0 : telling;
  // How much a form asks is not to be read off its literals.
  if (test.is === 'regex') return test.regex.test('') ? 0 : telling;
  if (test.is !== 'text') return telling;
  return isExact(test.glob)
    ? telling
    : test.glob.reduce<number>((sum, part) => sum + (typeof part === 'string' ? part.length : 0), 0);
}

/** A whole value, a whole name at the end of a path and a character beyond ASCII say enough however short they are. */
function isExact(glob: Glob): boolean {
  const last = glob.at(-1);
  const name = typeof last === 'string' && /^[/\\]./.test(last);
  return (
    literalOf(glob) !== undefined ||
    name ||
    glob.some((part) => typeof part === 'string' && [...part].some((c) => c > '~'))
  );
}
