import type { Playbook } from '../../src/domain/policy.ts';

/** A playbook for everything that names every tool there is. */
export const exampleTools: Playbook = {
  id: 'default',
  when: {},
  steps: [
    { tool: 'organization-context', each: ['host', 'ip', 'user'], args: {} },
    { tool: 'entity-alerts', each: ['host', 'ip', 'user'], args: {} },
    { tool: 'address-owner', each: ['ip'], args: {} },
    { tool: 'similar-incidents', each: 'incident', args: {} },
    { tool: 'raw-record', each: 'alert', args: {} },
  ],
  questions: [{ ask: 'Is the host ours?', who: 'its owner' }],
  body: 'Look who was here before.',
  origin: { path: 'playbooks/default.md', line: 1 },
};
