import { expect } from 'vitest';
import { Engine } from '../../src/detect/engine.ts';
import { readRules } from '../../src/detect/read-rules.ts';
import type { Logsource, NativeEvent, RuleProblem, RuleSet, RuleWarning } from '../../src/detect/rule.ts';

/** Values for `expand`, by the name between the percent signs. */
export type Placeholders = Map<string, string[]>;

const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');

/** The text of a whole rule, from what stands under `detection`. */
export const detecting = (detection: string): string =>
  `title: A rule\nlogsource:\n  category: test\ndetection:\n${indented(detection.trim())}\n`;

/** The text of a whole rule, from what stands under its only selection. */
export const selecting = (selection: string): string =>
  detecting(`selection:\n${indented(selection.trim())}\ncondition: selection`);

/** A YAML scalar that reads as exactly this text, whatever is in it. */
export const quoted = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** What the reader makes of files that are given by their names. */
export function reading(files: Record<string, string>, placeholders?: Placeholders): RuleSet {
  const list = Object.entries(files).map(([path, text]) => ({ path, text }));
  return placeholders ? readRules(list, { placeholders }) : readRules(list);
}

/** What keeps the documents of one file from working. */
export const problems = (ruleYaml: string, placeholders?: Placeholders): RuleProblem[] =>
  reading({ 'rule.yml': ruleYaml }, placeholders).problems;

/** What is worth telling about the documents of one file. */
export const warnings = (ruleYaml: string): RuleWarning[] => reading({ 'rule.yml': ruleYaml }).warnings;

/**
 * The titles of the rules that match an event of this log source, sorted. Throws when a document is refused, so that
 * "does not match" never means "was not loaded".
 */
export function matching(
  files: Record<string, string>,
  event: NativeEvent,
  logsource: Logsource,
  placeholders?: Placeholders,
): string[] {
  const set = reading(files, placeholders);
  expect(set.problems).toEqual([]);
  return new Engine(set.rules, [])
    .match(event, logsource)
    .map((match) => match.rule.title)
    .sort();
}

/** Whether the only rule of this text matches an event, of the rule's own log source unless another is given. */
export function matches(
  ruleYaml: string,
  event: NativeEvent,
  logsource?: Logsource,
  placeholders?: Placeholders,
): boolean {
  const set = reading({ 'rule.yml': ruleYaml }, placeholders);
  expect(set.problems).toEqual([]);
  const [rule, ...others] = set.rules;
  if (!rule || others.length > 0) throw new Error(`The text holds ${set.rules.length} rules, not one.`);
  const found = new Engine(set.rules, []).match(event, logsource ?? rule.logsource);
  expect(found.length).toBeLessThanOrEqual(1);
  return found.length === 1;
}

/** Which events a rule tells apart: both kinds must be given. */
export interface Told {
  matches: NativeEvent[];
  not: NativeEvent[];
  placeholders?: Placeholders;
}

/** Holds that a rule matches each of some events and none of others. */
export function expectTold(ruleYaml: string, told: Told): void {
  expect(told.matches.length * told.not.length, 'a rule that tells nothing apart is not tested').toBeGreaterThan(0);
  const set = reading({ 'rule.yml': ruleYaml }, told.placeholders);
  expect(set.problems).toEqual([]);
  const engine = new Engine(set.rules, []);
  const count = (event: NativeEvent) => engine.match(event, set.rules[0]?.logsource ?? {}).length;
  for (const event of told.matches) expect(count(event), `matches ${JSON.stringify(event)}`).toBe(1);
  for (const event of told.not) expect(count(event), `does not match ${JSON.stringify(event)}`).toBe(0);
}

/**
 * Holds that a text is refused: an error with the file, a line of it and a reason that names the feature, and no rule,
 * or a rule that is switched `off`.
 */
export function expectRefused(ruleYaml: string, reason: RegExp, state: 'error' | 'off' = 'error'): void {
  const set = reading({ 'rule.yml': ruleYaml });
  expect([...set.rules, ...set.correlations].map((rule) => rule.title)).toEqual([]);
  const problem = set.problems.find((candidate) => reason.test(candidate.reason));
  expect(problem, `a reason like ${reason}, not ${JSON.stringify(set.problems)}`).toBeDefined();
  expect(problem).toMatchObject({ path: 'rule.yml', state });
  expect(problem?.line).toBeGreaterThanOrEqual(1);
  expect(problem?.line).toBeLessThanOrEqual(ruleYaml.split('\n').length);
}
