import type { Finding } from './check/finding.ts';
import { Engine } from './engine.ts';
import { below, correlationFailure, type FixtureTools, ruleFailure } from './fixture-failure.ts';
import type { Pipeline } from './processing-pipeline.ts';
import { type Fixture, type FixtureFault, readFixtures } from './read-fixtures.ts';
import { isFields } from './read-head.ts';
import { Recognizer } from './recognize.ts';
import type { Correlation, Rule, RuleHead, RuleSet } from './rule.ts';
import type { YamlDocument } from './yaml-documents.ts';

/**
 * Runs the tests that rules and correlations carry: a failing one is an error, a rule without tests, without one that
 * matches or without one that does not is a warning. Rules that only correlations ask need none of their own.
 */
export function runFixtures(rules: RuleSet, pipelines: readonly Pipeline[]): Finding[] {
  const runner = new FixtureRunner(rules, pipelines);
  const all = [...rules.rules, ...rules.correlations];
  const untested = all.filter((rule) => !rule.silent && !runner.hasTests(rule));
  return [...all.flatMap((rule) => runner.run(rule)), ...withoutTests(untested)];
}

/** Of a collection of others' rules few carry tests: from this many in one folder on they are told together. */
const manyUntested = 20;

function withoutTests(rules: readonly (Rule | Correlation)[]): Finding[] {
  const why = 'nothing shows that it matches what it is for.';
  const told = ({ path, line, id }: RuleHead, message: string): Finding => {
    return { path, line, ruleId: id, severity: 'warning', message };
  };
  const folders = Map.groupBy(rules, ({ path }) => path.split('/').slice(0, -1).slice(0, 2).join('/'));
  return [...folders].flatMap(([folder, of]): Finding[] => {
    const [first] = of;
    if (!first || of.length < manyUntested) return of.map((rule) => told(rule, `The rule has no tests: ${why}`));
    return [told(first, `${of.length} rules of ${folder || 'this folder'} have no tests; this is the first.`)];
  });
}

class FixtureRunner {
  private readonly pipelines: readonly Pipeline[];
  private readonly recognizer: Recognizer;
  private readonly documents: ReadonlyMap<RuleHead, YamlDocument>;

  constructor({ documents }: RuleSet, pipelines: readonly Pipeline[]) {
    this.documents = documents;
    this.pipelines = pipelines;
    this.recognizer = new Recognizer(pipelines);
  }

  hasTests(rule: RuleHead): boolean {
    const value = this.documents.get(rule)?.value;
    const tests = isFields(value) ? value.tests : undefined;
    return Array.isArray(tests) ? tests.length > 0 : tests !== undefined && tests !== null;
  }

  run(rule: Rule | Correlation): Finding[] {
    const document = this.documents.get(rule);
    const read = document ? firstOf(readFixtures(document, 'logsource' in rule ? 'rule' : 'correlation')) : [];
    const finding = (severity: Finding['severity'], line: number, message: string): Finding => {
      return { path: rule.path, line, ruleId: rule.id, severity, message };
    };
    const lacking = read.length === 0 ? undefined : lack(read);
    const incomplete = lacking === undefined ? [] : [finding('warning', rule.line, lacking)];
    // Each with an engine of its own, so that what one rule's tests may cost does not depend on all others.
    const needed = 'logsource' in rule ? [rule] : read.length === 0 ? [] : [...below(rule).rules];
    const tools = { engine: new Engine(needed, this.recognizer), pipelines: this.pipelines };
    const failing = read.flatMap((one) => {
      const message = 'message' in one ? one.message : failure(rule, one, tools);
      if (message === undefined) return [];
      const place = one.index === undefined ? ['tests'] : ['tests', one.index];
      return [finding('error', document?.lineOf(place) ?? rule.line, message)];
    });
    return [...incomplete, ...failing];
  }
}

function failure(rule: Rule | Correlation, fixture: Fixture, tools: FixtureTools): string | undefined {
  const why = 'logsource' in rule ? ruleFailure(rule, fixture, tools) : correlationFailure(rule, fixture, tools);
  return why && `Test "${fixture.name}": ${why}`;
}

/** Tests of one rule that are run. */
const mostTests = 200;

function firstOf(read: (Fixture | FixtureFault)[]): (Fixture | FixtureFault)[] {
  if (read.length <= mostTests) return read;
  const message = `There are ${read.length} tests, over the bound of ${mostTests} for one rule.`;
  return [...read.slice(0, mostTests), { index: mostTests, message }];
}

function lack(read: ReturnType<typeof readFixtures>): string | undefined {
  const has = (match: boolean) => read.some((one) => 'message' in one || one.match === match);
  if (!has(true)) return 'There is no test with match: true.';
  return has(false) ? undefined : 'There is no test with match: false: a near miss shows where it ends.';
}
