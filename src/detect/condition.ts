import { type Expression, linked } from './expression.ts';
import { matchesGlob, readGlob } from './glob.ts';
import type { RuleBudget } from './rule-weight.ts';

/** Why a condition cannot be read; a sentence for the author of the rule. */
export class ConditionError extends Error {}

/** Parentheses and `not`s inside each other, at most: far beyond any rule, and far from the end of the stack. */
const deepest = 100;

/** Selections a sentence names. */
const mostListed = 20;

const token = /\s*([()|]|[^\s()|]+)/y;
const word = /^[\w*?.-]+$/;

/**
 * Reads a condition (rules specification, "Condition"): `or` binds least, then `and`, `not`, `x of`, parentheses. The
 * selections it names are put in, and each time taken from the budget. Throws `ConditionError`.
 */
export function readCondition(
  text: string,
  selections: ReadonlyMap<string, Expression>,
  budget: RuleBudget,
): Expression {
  const reader = new ConditionReader(tokensOf(text), selections, budget);
  return reader.read();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const found = token.exec(text);
    if (!found) break;
    tokens.push(found[1] ?? '');
  }
  return tokens;
}

class ConditionReader {
  private at = 0;
  private depth = 0;
  private readonly tokens: string[];
  private readonly selections: ReadonlyMap<string, Expression>;
  private readonly budget: RuleBudget;

  constructor(tokens: string[], selections: ReadonlyMap<string, Expression>, budget: RuleBudget) {
    this.tokens = tokens;
    this.selections = selections;
    this.budget = budget;
  }

  read(): Expression {
    if (this.tokens.length === 0) throw new ConditionError('The condition is empty.');
    if (this.tokens.includes('|'))
      throw new ConditionError(
        'Aggregations behind "|" are no longer part of Sigma: write a correlation rule instead.',
      );
    const expression = this.either();
    const rest = this.tokens[this.at];
    if (rest !== undefined) throw new ConditionError(`"${rest}" is not expected here: and, or or the end is.`);
    return expression;
  }

  private either(): Expression {
    const of = [this.both()];
    while (this.takes('or')) of.push(this.both());
    return linked('or', of);
  }

  private both(): Expression {
    const of = [this.negation()];
    while (this.takes('and')) of.push(this.negation());
    return linked('and', of);
  }

  private negation(): Expression {
    if (!this.takes('not')) return this.operand();
    this.deeper();
    const of = this.negation();
    this.depth -= 1;
    return { op: 'not', of };
  }

  private operand(): Expression {
    const next = this.tokens[this.at];
    if (next === undefined) throw new ConditionError('The condition ends where a selection is expected.');
    this.at += 1;
    if (next === '(') return this.group();
    if (!word.test(next) || /^(?:and|or|not)$/i.test(next))
      throw new ConditionError(`"${next}" stands where a selection is expected.`);
    if (this.takes('of')) return this.quantity(next);
    return this.selection(next);
  }

  private group(): Expression {
    this.deeper();
    const inner = this.either();
    if (!this.takes(')')) throw new ConditionError('A parenthesis is not closed.');
    this.depth -= 1;
    return inner;
  }

  private selection(name: string): Expression {
    if (name === 'near') throw new ConditionError('"near" is no longer part of Sigma: write a temporal correlation.');
    const of = this.selections.get(name);
    if (of === undefined) {
      throw new ConditionError(`There is no selection "${name}". There are: ${listed(this.selections)}.`);
    }
    const much = this.budget.spend(of);
    if (much) throw new ConditionError(`The condition comes to ${much}, over the bound for one rule.`);
    return { op: 'selection', name, of };
  }

  /** `1 of`, `any of`, `all of`, `N of`, over `them` or a pattern. */
  private quantity(quantifier: string): Expression {
    const pattern = this.tokens[this.at];
    if (pattern === undefined || !word.test(pattern))
      throw new ConditionError(`"${quantifier} of" wants a pattern of selections, or them.`);
    this.at += 1;
    const names = [...this.selections.keys()].filter((name) => namedBy(pattern, name));
    if (names.length === 0) throw new ConditionError(`No selection is named by "${quantifier} of ${pattern}".`);
    const of = names.map((name) => this.selection(name));
    if (/^all$/i.test(quantifier)) return linked('and', of);
    if (quantifier === '1' || /^any$/i.test(quantifier)) return linked('or', of);
    const least = /^\d{1,4}$/.test(quantifier) ? Number(quantifier) : 0;
    if (least < 1) throw new ConditionError(`"${quantifier} of" is not known: 1, a number, any or all.`);
    if (least > of.length)
      throw new ConditionError(`"${quantifier} of ${pattern}" can never hold: it names ${of.length} selections.`);
    return least === of.length ? linked('and', of) : { op: 'least', count: least, of };
  }

  private takes(wanted: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== wanted) return false;
    this.at += 1;
    return true;
  }

  private deeper(): void {
    this.depth += 1;
    if (this.depth > deepest) throw new ConditionError(`The condition is nested more than ${deepest} deep.`);
  }
}

/** Names for a sentence, which need not be all of thousands. */
function listed(selections: ReadonlyMap<string, Expression>): string {
  const names = [...selections.keys()];
  return names.length <= mostListed ? names.join(', ') : `${names.slice(0, mostListed).join(', ')} and more`;
}

/** Selections that begin with an underscore are meant by no pattern that does not begin with one. */
function namedBy(pattern: string, name: string): boolean {
  if (name.startsWith('_') && !pattern.startsWith('_')) return false;
  if (pattern === 'them') return true;
  return matchesGlob(readGlob(pattern.replaceAll('?', '\\?')), name);
}
