import type { Expression } from './expression.ts';
import { contains } from './read-filter.ts';
import type { Recognized } from './recognize.ts';
import type { Rule } from './rule.ts';
import { transform, withConstants } from './transform.ts';

/** A rule as events of a log source see it: what it asks, and where its fields are when they are named otherwise. */
export interface SeenRule {
  expression: Expression;
  names: Map<string, string[]>;
}

/** Tells of each rule how the first log source of the events that it is for sees it; undefined when it is for none. */
export function viewsOf({ pipeline, sources }: Recognized): (rule: Rule) => SeenRule | undefined {
  const steps = sources.map((source) => {
    const transformations = [...source.transformations, ...pipeline.transformations];
    return { source, transformations, changes: transformations.some(({ type }) => type === 'change_logsource') };
  });
  return (rule) => {
    for (const { source, transformations, changes } of steps) {
      // Most rules are for something else, and only a changed log source could make them fit.
      if (!changes && !contains(source.logsource, rule.logsource)) continue;
      const { logsource, expression, names } = transform(rule, transformations);
      if (contains(source.logsource, logsource))
        return { expression: withConstants(expression, source.constants), names };
    }
    return undefined;
  };
}
