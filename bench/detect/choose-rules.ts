import { fileURLToPath } from 'node:url';
import { readRuleFiles } from '../../src/cli/detect/rule-files.ts';
import { readRules } from '../../src/detect/read-rules.ts';
import type { Rule } from '../../src/detect/rule.ts';
import { chance } from './chance.ts';

/** The detections of the example organization: what is measured with when no rules are given. */
export const exampleRules = fileURLToPath(new URL('../../examples/config-repo/detections', import.meta.url));

/** The rules below a folder, and how long it took to read them, in milliseconds. */
export function loadRules(folder: string): { rules: Rule[]; ms: number } {
  const started = performance.now();
  const { rules } = readRules(readRuleFiles([folder]));
  return { rules, ms: performance.now() - started };
}

/** The same `count` rules whenever it is asked. */
export function chooseRules(rules: readonly Rule[], count: number): Rule[] {
  const by = chance(97);
  const left = [...rules];
  return Array.from({ length: Math.min(count, rules.length) }, () => left.splice(by.below(left.length), 1)).flat();
}
