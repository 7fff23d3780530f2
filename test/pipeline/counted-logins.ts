import { readFileSync } from 'node:fs';
import type { RunningPipeline } from '../running-pipeline.ts';
import { minute, start } from '../told-alerts.ts';

/** A login to the console, as CloudTrail tells it. */
export const call: { recipientAccountId: string } = JSON.parse(
  readFileSync(new URL('../fixtures/sources/cloudtrail/console-login-root.json', import.meta.url), 'utf8'),
);

/** The same so many minutes after the start, from an address of that minute's own. */
export function login(after: number, more: object = {}): object {
  const eventTime = `${new Date(start + after * minute).toISOString().slice(0, 19)}Z`;
  return { ...call, eventID: `login-${after}`, eventTime, sourceIPAddress: `203.0.113.${(after & 127) + 1}`, ...more };
}

/** A rule that counts logins within ten minutes, and the rule that it counts. */
export function loginRules(condition: string, { groupBy = 'recipientAccountId', more = '' } = {}): string {
  return `title: Many logins of one account
id: 11111111-0000-4000-8000-000000000001
author: Ada Example
level: high
tags: [attack.credential-access, attack.t1110]
correlation:
  type: event_count
  rules: [login]
  group-by: [${groupBy}]
  timespan: 10m
  condition: { ${condition} }
${more}
---
title: A login
id: 11111111-0000-4000-8000-000000000002
name: login
level: low
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { eventName: ConsoleLogin }
  condition: selection
`;
}

/** Puts the rules into the policy, beside nothing else. */
export function useRules(pipe: RunningPipeline, text: string): void {
  pipe.policy = { ...pipe.policy, detections: [{ path: 'detections/logins.yml', text }] };
}
