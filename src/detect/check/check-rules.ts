import type { Pipeline } from '../processing-pipeline.ts';
import type { RuleSet } from '../rule.ts';
import { type AttackTable, attackTags } from './attack-tags.ts';
import { breadth } from './breadth.ts';
import type { Finding } from './finding.ts';
import { ids } from './ids.ts';
import { logSources } from './log-sources.ts';
import { never } from './never.ts';
import { normalForm } from './normal-form.ts';
import { siblings } from './siblings.ts';

/** What the checks look things up in; without a table tags are not looked at. */
export interface CheckTables {
  attack?: AttackTable;
  pipelines: readonly Pipeline[];
}

/**
 * What the authors of rules should know beyond whether they can be read (`RuleSet.problems`), in the order of the files.
 * Pure, and quick enough for some thousand rules.
 */
export function checkRules(rules: RuleSet, { attack, pipelines }: CheckTables): Finding[] {
  const forms = new Map(rules.rules.map((rule) => [rule, normalForm(rule.expression)]));
  const impossible = never(rules, forms);
  const dead = new Set(impossible.map(placeOf));
  for (const rule of forms.keys()) if (dead.has(placeOf({ ...rule, ruleId: rule.id }))) forms.delete(rule);
  return [
    ...(attack ? attackTags(rules, attack) : []),
    ...ids(rules),
    ...logSources(rules, pipelines),
    ...impossible,
    ...breadth(rules),
    ...siblings(rules, forms),
  ].sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1));
}

function placeOf({ path, ruleId }: { path: string; ruleId: string }): string {
  return `${path}\0${ruleId}`;
}
