import { globSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { Correlator } from '../../src/detect/correlation/correlator.ts';
import { Engine } from '../../src/detect/engine.ts';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';
import { readRules } from '../../src/detect/read-rules.ts';
import type { Correlation, NativeEvent, Rule } from '../../src/detect/rule.ts';

const folder = new URL('../../examples/config-repo/detections/', import.meta.url);
const files = globSync('**/*.yml', { cwd: folder })
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, folder), 'utf8') }));
const set = readRules(files);
const engine = new Engine(set.rules, loadPipelines());
const known = new Map<unknown, Rule | Correlation>([...set.rules, ...set.correlations].map((one) => [one.id, one]));

interface Fixture {
  name: string;
  match: boolean;
  event?: NativeEvent;
  events?: NativeEvent[];
}

interface Written {
  id: string;
  title: string;
  author?: string;
  license?: string;
  tests?: Fixture[];
}

const written = files.flatMap(({ path, text }) =>
  loadAll(text).map((document): [string, Written] => [path, document as Written]),
);

/** Whether a rule matches an event that is known by its form alone, as it is when it arrives. */
function matches(rule: Rule, event: NativeEvent): boolean {
  return engine.match(event).some((match) => match.rule === rule);
}

function comesTrue(correlation: Correlation, events: readonly NativeEvent[]): boolean {
  const correlator = new Correlator<number>(set.correlations);
  const found = events.flatMap((event, ref) => {
    const detection = engine.detect(event);
    const time = detection.time() ?? Number.NaN;
    return detection.matches.flatMap(({ rule, value }) => correlator.add({ rule, time, ref, value }));
  });
  return [...found, ...correlator.finish()].some((one) => one.rule === correlation);
}

describe("the example organization's detections", () => {
  it('all load, without a warning', () => {
    expect([...set.problems, ...set.warnings]).toEqual([]);
  });

  it('are at least 60 rules, correlations among them, in every folder the issue names', () => {
    expect(set.rules.filter((rule) => !rule.silent).length).toBeGreaterThanOrEqual(60);
    expect(set.correlations.length).toBeGreaterThanOrEqual(15);
    expect(new Set(files.map(({ path }) => path.split('/')[0]))).toEqual(
      new Set(['alibaba', 'aws', 'cryptomining', 'entra', 'github', 'linux', 'ransomware', 'web-intrusion', 'windows']),
    );
  });

  it('each name an ATT&CK technique, an author, a licence and a reason', () => {
    const bare = written.filter(([, { id, author, license }]) => {
      const rule = known.get(id);
      const technique = rule?.tags.some((tag) => /^attack\.t\d{4}/.test(tag));
      return !author || license !== 'Apache-2.0' || !technique || !rule?.description || rule.references.length === 0;
    });
    expect(bare).toEqual([]);
  });

  it('each carry an event that fires it and a near miss', () => {
    const untested = written.filter(
      ([, { tests = [] }]) => ![true, false].every((m) => tests.some((t) => t.match === m)),
    );
    expect(untested.map(([path, { title }]) => `${path}: ${title}`)).toEqual([]);
  });

  it('have events that are recognized by their form', () => {
    const strange = written.flatMap(([path, { tests = [] }]) =>
      tests
        .flatMap(({ event, events = [] }) => (event ? [event, ...events] : events))
        .filter((event) => !engine.detect(event).recognized)
        .map(() => path),
    );
    expect(new Set(strange)).toEqual(new Set());
  });
});

describe.each(files)('$path', ({ path }) => {
  const fixtures = written
    .filter(([file]) => file === path)
    .flatMap(([, { id, title, tests = [] }]) => tests.map((fixture) => ({ id, title, ...fixture })));

  it.each(fixtures)('$title: $name', ({ id, match, event, events }) => {
    const rule = known.get(id);
    if (!rule) throw new Error(`${path}: ${id} was not loaded.`);
    const came = 'type' in rule ? comesTrue(rule, events ?? []) : matches(rule, event ?? {});
    expect(came).toBe(match);
  });
});
