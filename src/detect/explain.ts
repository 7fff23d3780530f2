import { describeTest } from './describe-test.ts';
import { passes } from './evaluate-test.ts';
import type { Expression } from './expression.ts';
import { eachScalar, type FieldPaths } from './field-paths.ts';
import { viewsOf } from './first-view.ts';
import { lookUp } from './look-up.ts';
import { prepareEvent } from './prepare-event.ts';
import type { Pipeline } from './processing-pipeline.ts';
import { contains } from './read-filter.ts';
import { type Recognized, Recognizer } from './recognize.ts';
import type { Logsource, NativeEvent, Rule } from './rule.ts';
import { pathsOf } from './transform.ts';

/** A part of a rule's condition and what an event makes of it. */
export interface Explained {
  holds: boolean;
  /** `selection_img`, `not`, `Image ends with "\cmd.exe"`. */
  text: string;
  /** Values the tested field has in the event; undefined when it has none, absent where nothing is tested. */
  values?: readonly unknown[] | undefined;
  of: Explained[];
}

export interface Explanation {
  matches: boolean;
  /** The pipeline that knows the event; undefined when none does or a log source was given. */
  pipeline: string | undefined;
  /** What the event was taken for. */
  logsources: Logsource[];
  /** Whether the rule is for one of those; when not, the rest says what it would have made of the event. */
  forIt: boolean;
  condition: Explained;
}

/**
 * Why a rule matches an event or does not, test by test. Written to be plain, not fast: it shares nothing with the index
 * of `Plan`, and the tests hold the two against each other.
 */
export function explain(
  rule: Rule,
  event: NativeEvent,
  pipelines: readonly Pipeline[],
  logsource?: Logsource,
): Explanation {
  const recognized = logsource ? undefined : new Recognizer(pipelines).recognize(event);
  const logsources = logsource ? [logsource] : (recognized?.sources ?? []).map((source) => source.logsource);
  const seen = viewOf(rule, recognized, logsource);
  const prepared = recognized ? prepareEvent(event, recognized.pipeline) : event;
  const condition = explained(seen.expression, (field) => valuesOf(prepared, field, seen.pathsOf));
  return {
    matches: seen.forIt && condition.holds,
    pipeline: recognized?.pipeline.name,
    logsources,
    forIt: seen.forIt,
    condition,
  };
}

function viewOf(rule: Rule, recognized: Recognized | undefined, logsource: Logsource | undefined) {
  if (!recognized) {
    const forIt = logsource !== undefined && contains(logsource, rule.logsource);
    return { forIt, expression: rule.expression, pathsOf: (field: string) => [[field]] };
  }
  const { pipeline } = recognized;
  const seen = viewsOf(recognized)(rule);
  const expression = seen?.expression ?? rule.expression;
  return { forIt: seen !== undefined, expression, pathsOf: (field: string) => pathsOf(field, pipeline, seen?.names) };
}

type Lookup = (field: string | undefined) => readonly unknown[] | undefined;

function explained(expression: Expression, lookup: Lookup): Explained {
  switch (expression.op) {
    case 'selection': {
      const of = explained(expression.of, lookup);
      return { holds: of.holds, text: expression.name, of: [of] };
    }
    case 'not': {
      const of = explained(expression.of, lookup);
      return { holds: !of.holds, text: 'not', of: [of] };
    }
    case 'test': {
      const values = lookup(expression.field);
      const holds = passes(expression.test, values, lookup);
      const text = `${expression.field ?? 'any value'} ${describeTest(expression.test)}`;
      return expression.field === undefined ? { holds, text, of: [] } : { holds, text, values, of: [] };
    }
    default: {
      const of = expression.of.map((one) => explained(one, lookup));
      const count = of.filter((one) => one.holds).length;
      if (expression.op === 'and') return { holds: count === of.length, text: 'all of', of };
      if (expression.op === 'or') return { holds: count > 0, text: 'any of', of };
      const least = (expression as Extract<Expression, { op: 'least' }>).count;
      return { holds: count >= least, text: `at least ${least} of`, of };
    }
  }
}

function valuesOf(
  event: NativeEvent,
  field: string | undefined,
  paths: (field: string) => FieldPaths,
): readonly unknown[] | undefined {
  if (field === undefined) {
    const all: unknown[] = [];
    eachScalar(event, (value) => all.push(value));
    return all;
  }
  return lookUp(event, paths(field));
}
