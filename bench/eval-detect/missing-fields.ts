import { passes } from '../../src/detect/evaluate-test.ts';
import type { Expression } from '../../src/detect/expression.ts';
import { eachScalar } from '../../src/detect/field-paths.ts';
import { viewsOf } from '../../src/detect/first-view.ts';
import { lookUp } from '../../src/detect/look-up.ts';
import { prepareEvent } from '../../src/detect/prepare-event.ts';
import type { Recognized } from '../../src/detect/recognize.ts';
import type { NativeEvent, Rule } from '../../src/detect/rule.ts';
import { pathsOf } from '../../src/detect/transform.ts';

type Lookup = (field: string | undefined) => readonly unknown[] | undefined;

/**
 * Fields an event lacks without which a rule does not match, and with any fitting value of which it would; undefined when
 * the rule is not for the event or asks for something else that the event has otherwise. Lacking every field of a rule says
 * nothing, so at least one must be there and fit.
 */
export function missingFields(rule: Rule, event: NativeEvent, recognized: Recognized): string[] | undefined {
  const seen = viewsOf(recognized)(rule);
  if (!seen) return undefined;
  const prepared = prepareEvent(event, recognized.pipeline);
  const lookup: Lookup = (field) => {
    if (field !== undefined) return lookUp(prepared, pathsOf(field, recognized.pipeline, seen.names));
    const all: unknown[] = [];
    eachScalar(prepared, (value) => all.push(value));
    return all;
  };
  const lacking = new Set<string>();
  const fit = generous(seen.expression, lookup, lacking);
  return fit.holds && fit.really && lacking.size > 0 ? [...lacking] : undefined;
}

/** Whether it holds when tests of absent fields are taken to hold, and whether a field that is there had a part in it. */
function generous(one: Expression, lookup: Lookup, lacking: Set<string>): { holds: boolean; really: boolean } {
  if (one.op === 'test') {
    const values = lookup(one.field);
    const holds = passes(one.test, values, lookup);
    if (holds || values !== undefined || one.field === undefined)
      return { holds, really: holds && values !== undefined };
    lacking.add(one.field);
    return { holds: true, really: false };
  }
  if (one.op === 'not') return { holds: !strict(one.of, lookup), really: false };
  if (one.op === 'selection') return generous(one.of, lookup, lacking);
  const of = one.of
    .map((inner) => ({ lacks: new Set<string>(), inner }))
    .map(({ lacks, inner }) => ({ ...generous(inner, lookup, lacks), lacks }));
  const held = of.filter(({ holds }) => holds);
  // What the event has is taken before what it lacks.
  const chosen = held.toSorted((a, b) => a.lacks.size - b.lacks.size);
  const least = one.op === 'least' ? one.count : one.op === 'and' ? one.of.length : 1;
  for (const { lacks } of chosen.slice(0, least)) for (const field of lacks) lacking.add(field);
  return { holds: held.length >= least, really: chosen.slice(0, least).some(({ really }) => really) };
}

function strict(one: Expression, lookup: Lookup): boolean {
  if (one.op === 'test') return passes(one.test, lookup(one.field), lookup);
  if (one.op === 'not') return !strict(one.of, lookup);
  if (one.op === 'selection') return strict(one.of, lookup);
  const count = one.of.filter((inner) => strict(inner, lookup)).length;
  return count >= (one.op === 'least' ? one.count : one.op === 'and' ? one.of.length : 1);
}
