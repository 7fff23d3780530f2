import type { Brief } from '../../src/investigate/agent/brief.ts';
import type { Host } from '../../src/investigate/agent/host.ts';
import type { Order } from '../../src/investigate/agent/order.ts';
import { loadPrompts } from '../../src/run/prompts.ts';

/** An order about one alert on one host. */
export function orderInTest(host = 'web-1'): Order {
  const brief: Brief = {
    marker: '=== 0123456789ab ===',
    organization: { commit: 'c'.repeat(40), files: [{ path: 'yagura.md', text: 'A small shop.' }] },
    trusted: {
      kind: 'threat',
      severity: 'high',
      alerts: [],
      alertTotal: 1,
      entities: [{ ref: 'e1', type: 'host', roles: ['host'], alerts: 1, known: [] }],
      playbook: 'default',
      offers: [],
    },
    untrusted: { entities: [{ ref: 'e1', type: 'host', value: host }], alerts: [] },
    evidence: [
      {
        id: 'E1',
        tool: 'entity-alerts',
        query: { entity: { type: 'host', value: host } },
        outcome: 'found',
        says: `${host} is in 2 alerts of other incidents`,
      },
    ],
    tools: [],
  };
  return { kind: 'investigate', brief, prompts: loadPrompts(new URL('../../prompts/', import.meta.url)) };
}

/** The other side without a store: every request may be sent; what was asked is kept. */
export function hostInTest(order: Order, before: Host['before'] = async () => ({ is: 'go', paidTries: 1 })) {
  const asked: string[] = [];
  const host: Host = {
    before(one) {
      asked.push(one.key);
      return before(one);
    },
    after: async () => undefined,
    ask: async () => ({ outcome: 'could-not-look', says: 'there is no tool here' }),
    extracted: async () => ({ entities: [], quotes: [], techniques: [], givesOrders: false }),
    evidence: async () => order.brief.evidence,
  };
  return { host, asked };
}
