import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readRuleFiles } from '../../../src/cli/detect/rule-files.ts';
import { readRules } from '../../../src/detect/read-rules.ts';
import type { NativeEvent, RuleSet } from '../../../src/detect/rule.ts';

/** A real event and the rule it was published for. */
interface RegressionEvent {
  rule_id: string;
  event: NativeEvent;
}

/** What SigmaHQ publishes, as it lies beside the checkout. */
export interface SharedSigma {
  rules: RuleSet;
  events: RegressionEvent[];
}

/** Where it may lie: beside the checkout, or beside the folder of its worktrees. */
const beside = ['..', '../..'].map((up) => join(import.meta.dirname, '../../..', up, 'shared/data'));

/** SigmaHQ's rules, all folders, and their regression events; undefined when they do not lie beside the checkout. */
export function sharedSigma(): SharedSigma | undefined {
  const folder = beside.find((one) => existsSync(join(one, 'sigma/rules')));
  if (folder === undefined) return undefined;
  const text = gunzipSync(readFileSync(join(folder, 'sigma-regression/events.ndjson.gz'))).toString('utf8');
  const events = text.trim().split('\n');
  return {
    rules: readRules(readRuleFiles([join(folder, 'sigma')])),
    events: events.map((line) => JSON.parse(line) as RegressionEvent),
  };
}
