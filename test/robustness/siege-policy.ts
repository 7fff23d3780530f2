import type { Policy } from '../../src/domain/policy.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { exampleTools } from '../run/example-tools.ts';

const origin = { path: 'policies/triage.md', line: 7 };

/**
 * A policy under which a turned model could do something: it proposes blocks, decides one kind of alert by itself, and
 * names a tool that reaches outside. Its budgets stand in nobody's way.
 */
export function siegePolicy(): Policy {
  const outward = { tool: 'reputation', each: ['ip' as const, 'domain' as const], args: {} };
  return policyOf({
    playbooks: [{ ...exampleTools, steps: [...exampleTools.steps, outward] }],
    verdictRules: [{ when: { rule: ['known-intruder'] }, verdict: 'true-positive', because: 'It is known.', origin }],
    resources: [
      {
        id: 'edge',
        connector: 'blocklist',
        settings: { list: 'edge' },
        origin: { path: 'policies/response.md', line: 3 },
      },
    ],
    modelBudget: {
      tokensPerIncident: 1e9,
      moneyPerIncident: 1e6,
      requestsPerRun: 200,
      minutesPerRun: 60,
      moneyPerMonth: 1e6,
      runsPerHour: 1e6,
    },
  });
}
