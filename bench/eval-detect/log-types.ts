import { dataRecords } from './data-lines.ts';

/** A log of a rule test: whether the rule it was written for must fire. */
export interface RuleTest {
  rule: string;
  title: string;
  logType: string;
  malicious: boolean;
  lines: string[];
}

interface Entry {
  rule: string;
  title: string;
  test: string;
  log_types: string[] | null;
  malicious: boolean;
  log: { p_log_type?: unknown };
}

/** Logs that others test their rules with, each by itself. */
export function ruleTests(folder: string): RuleTest[] {
  return dataRecords<Entry>(`${folder}/panther-rule-tests/tests.ndjson.gz`).map((entry) => ({
    rule: entry.rule,
    title: `${entry.title}: ${entry.test}`,
    logType: logTypeOf(entry),
    malicious: entry.malicious,
    lines: [JSON.stringify(entry.log)],
  }));
}

/** What the log says it is, where its test is for several types. */
function logTypeOf({ log_types, log }: Entry): string {
  const [only = 'of no type'] = log_types ?? [];
  if (typeof log.p_log_type === 'string') return log.p_log_type;
  return (log_types?.length ?? 0) > 1 ? 'of several types' : only;
}
