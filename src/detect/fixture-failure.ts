import { blame } from './blame.ts';
import { isReached } from './check/log-sources.ts';
import { Correlator } from './correlation/correlator.ts';
import type { Detection, Engine } from './engine.ts';
import { explain } from './explain.ts';
import type { Pipeline } from './processing-pipeline.ts';
import type { Fixture } from './read-fixtures.ts';
import type { Correlation, Logsource, NativeEvent, Rule } from './rule.ts';

/** What the tests of one rule set are run with; the engine knows every rule that they need. */
export interface FixtureTools {
  engine: Engine;
  pipelines: readonly Pipeline[];
}

const unknownEvent = 'no pipeline knows this event, so that no rule is asked.';

/** Why a test of a rule fails, as a sentence; undefined when it holds. */
export function ruleFailure(rule: Rule, fixture: Fixture, { engine, pipelines }: FixtureTools): string | undefined {
  const [event = {}] = fixture.events;
  // A rule whose events no pipeline recognizes sees those of its tests as they are.
  const logsource = fixture.logsource ?? (isReached(rule, pipelines) ? undefined : rule.logsource);
  const { recognized, matches } = engine.detect(event, logsource);
  const found = matches.find((match) => match.rule === rule);
  if (!recognized) return unknownEvent;
  if (fixture.match === (found !== undefined)) return undefined;
  if (!found) return `the rule does not match this event, and should: ${whyNot(rule, event, pipelines, logsource)}.`;
  const fields = Object.keys(found.fields).join(', ');
  return `the rule matches this event by ${fields || 'what it lacks'}, and should not.`;
}

function whyNot(rule: Rule, event: NativeEvent, pipelines: readonly Pipeline[], logsource?: Logsource): string {
  const { forIt, logsources, condition } = explain(rule, event, pipelines, logsource);
  if (forIt) return blame(condition);
  const taken = logsources.map((one) => JSON.stringify(one)).join(', ') || 'nothing';
  return `the event is taken for ${taken}, which the rule is not for`;
}

/** Why a test of a correlation fails, as a sentence; undefined when it holds. */
export function correlationFailure(
  correlation: Correlation,
  fixture: Fixture,
  { engine, pipelines }: FixtureTools,
): string | undefined {
  const { rules, correlations } = below(correlation);
  const unreached = [...rules].find((rule) => !isReached(rule, pipelines))?.logsource;
  const correlator = new Correlator<number>([...correlations]);
  const fired = new Set<Correlation>();
  let matching = 0;
  for (const [ref, event] of fixture.events.entries()) {
    const detection = detected(engine, event, fixture.logsource, unreached);
    if (!detection.recognized) return `event ${ref + 1}: ${unknownEvent}`;
    const matches = detection.matches.filter((match) => rules.has(match.rule));
    const time = detection.time();
    if (matches.length === 0) continue;
    if (time === undefined) return `event ${ref + 1} has no time that its pipeline finds.`;
    matching += 1;
    for (const { rule, value } of matches)
      for (const match of correlator.add({ rule, time, value, ref })) fired.add(match.rule);
  }
  for (const match of correlator.finish()) fired.add(match.rule);
  if (fired.has(correlation) === fixture.match) return undefined;
  const count = `${matching} of its ${fixture.events.length} events match a rule it names`;
  return `the correlation ${fixture.match ? 'does not come true, and should' : 'comes true, and should not'}: ${count}.`;
}

function detected(engine: Engine, event: NativeEvent, given?: Logsource, unreached?: Logsource): Detection {
  const detection = engine.detect(event, given);
  return detection.recognized || !unreached ? detection : engine.detect(event, unreached);
}

/** What a correlation is built on, itself among its correlations. */
export function below(correlation: Correlation): { rules: Set<Rule>; correlations: Set<Correlation> } {
  const rules = new Set<Rule>();
  const correlations = new Set([correlation]);
  // A set is walked with what is added to it meanwhile.
  for (const one of correlations)
    for (const named of one.rules) {
      if ('logsource' in named) rules.add(named);
      else correlations.add(named);
    }
  return { rules, correlations };
}
