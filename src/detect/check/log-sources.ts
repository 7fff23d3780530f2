import type { Pipeline } from '../pipeline.ts';
import { contains } from '../read-filter.ts';
import type { Logsource, Rule, RuleSet } from '../rule.ts';
import type { Finding } from './finding.ts';

/** Rules for log sources that no pipeline recognizes events of: they are asked only when a caller names the log source. */
export function logSources({ rules, documents }: RuleSet, pipelines: readonly Pipeline[]): Finding[] {
  const known = new Map<string, boolean>();
  return rules.flatMap((rule): Finding[] => {
    const { category, product, service } = rule.logsource;
    const key = JSON.stringify([category, product, service]);
    const reached = known.get(key) ?? pipelines.some((pipeline) => reaches(pipeline, rule));
    known.set(key, reached);
    if (reached) return [];
    const line = documents.get(rule)?.lineOf(['logsource']) ?? rule.line;
    const message = `No pipeline recognizes events of ${named(rule.logsource)}: the rule is never asked.`;
    return [{ path: rule.path, line, ruleId: rule.id, severity: 'warning', message }];
  });
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
