import type { Rule, RuleSet } from '../rule.ts';
import { contradiction, type StepBudget } from './contradiction.ts';
import { describeLiteral } from './describe-literal.ts';
import type { Finding } from './finding.ts';
import type { Form } from './normal-form.ts';

/** Steps that all rules together may cost, ten times those of SigmaHQ; of the rules behind nothing is told. */
const stepsOfAll = 2_000_000;

/**
 * Rules that no event can match: errors. Those that only an event with several values in one field can match are
 * warned of, since few logs have such fields.
 */
export function never({ documents }: RuleSet, forms: ReadonlyMap<Rule, Form>): Finding[] {
  const findings: Finding[] = [];
  const budget: StepBudget = { left: stepsOfAll };
  for (const [rule, form] of forms) {
    const always = contradiction(form, { single: false }, budget);
    const found = always ?? contradiction(form, { single: true }, budget);
    if (!found) continue;
    const both = `${describeLiteral(found.a)} and ${describeLiteral(found.b)}`;
    const message = always
      ? `No event can match this rule: it asks ${both} at once.`
      : `No event can match this rule unless ${found.a.field} has several values: it asks ${both} at once.`;
    const line = documents.get(rule)?.lineOf(['detection', 'condition']) ?? rule.line;
    findings.push({ path: rule.path, line, ruleId: rule.id, severity: always ? 'error' : 'warning', message });
  }
  return findings;
}
