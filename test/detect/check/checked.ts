import { checkRules } from '../../../src/detect/check/check-rules.ts';
import { readPipeline } from '../../../src/detect/load-pipelines.ts';
import { readRules } from '../../../src/detect/read-rules.ts';

/** A product of these tests. */
export const pipelines = [
  readPipeline(
    {
      name: 'lamp',
      recognize: [{ lamp: '*' }],
      time: ['time'],
      sources: [
        { logsource: { product: 'lamp' }, when: {} },
        { logsource: { product: 'lamp', service: 'dimmer' }, when: { dimmer: '*' } },
      ],
    },
    'lamp.yml',
  ),
];

const techniques = new Map(
  [
    { id: 'T1059', name: 'Command and Scripting Interpreter', revoked: false },
    { id: 'T1059.004', name: 'Unix Shell', revoked: false },
    { id: 'T1064', name: 'Scripting', revoked: true, replacedBy: 'T1059' },
    { id: 'T1002', name: 'Data Compressed', revoked: true },
  ].map((one) => [one.id, one]),
);
const attack = { version: 'ATT&CK v0', techniques, tactics: new Set(['execution', 'initial-access']) };

let ids = 0;

/** A rule of the product; `detection` is YAML in flow style. */
export function ruleText(detection: string, more: Record<string, unknown> = {}): string {
  ids += 1;
  const id = `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`;
  const head = { title: 'A rule', id, level: 'medium', logsource: { product: 'lamp' }, ...more };
  return `${Object.entries(head)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join('')}detection: ${detection}\n`;
}

/** What the checks say of documents, each in a file `1.yml`, `2.yml`, …: `file:line severity message`. */
export function findings(...texts: string[]): string[] {
  const rules = readRules(texts.map((text, k) => ({ path: `${k + 1}.yml`, text })));
  if (rules.problems.length > 0) throw new Error(JSON.stringify(rules.problems));
  return checkRules(rules, { attack, pipelines }).map(
    ({ path, line, severity, message }) => `${path}:${line} ${severity} ${message}`,
  );
}

/** The findings about one rule with this detection. */
export function about(detection: string): string[] {
  return findings(ruleText(detection));
}
