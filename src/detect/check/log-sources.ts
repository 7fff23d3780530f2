import type { Pipeline } from '../processing-pipeline.ts';
import { contains } from '../read-filter.ts';
import type { Logsource, Rule, RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';

/**
 * Rules for log sources that no pipeline recognizes events of: they are asked only when a caller names the log source.
 * One finding a log source, at its first rule.
 */
export function logSources({ rules, documents }: RuleSet, pipelines: readonly Pipeline[]): Finding[] {
  return [...Map.groupBy(rules, ({ logsource }) => named(logsource))].flatMap(([name, of]): Finding[] => {
    const [rule] = of;
    if (!rule || isReached(rule, pipelines)) return [];
    const line = documents.get(rule)?.lineOf(['logsource']) ?? rule.line;
    const whose = of.length === 1 ? 'the rule is' : `its ${of.length} rules are`;
    const message = `No pipeline recognizes events of ${name}: ${whose} never asked.`;
    return [{ path: rule.path, line, ruleId: rule.id, severity: 'warning', message }];
  });
}

/** Whether some pipeline recognizes events of a rule's log source. */
export function isReached(rule: Rule, pipelines: readonly Pipeline[]): boolean {
  return pipelines.some((pipeline) => reaches(pipeline, rule));
}

function reaches(pipeline: Pipeline, rule: Rule): boolean {
  return pipeline.sources.some((source) => {
    let { logsource } = rule;
    for (const one of [...source.transformations, ...pipeline.transformations]) {
      const meant = one.when.length === 0 || one.when.some((wanted) => contains(logsource, wanted));
      if (meant && one.type === 'change_logsource') logsource = one.logsource;
    }
    return contains(source.logsource, logsource);
  });
}

function named({ category, product, service }: Logsource): string {
  const parts = [
    category === undefined ? '' : `category ${category}`,
    product === undefined ? '' : `product ${product}`,
    service === undefined ? '' : `service ${service}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
