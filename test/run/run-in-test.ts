import type { Policy } from '../../src/domain/policy.ts';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { PolicySource } from '../../src/ports/policy-source.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Agents, createAgents } from '../../src/run/agents.ts';
import { investigatorStep } from '../../src/run/investigator.ts';
import { loadPrompts } from '../../src/run/prompts.ts';
import { createFacts } from '../../src/store/facts.ts';
import { policyOf } from '../commands/incident-in-test.ts';
import { runningPipeline } from '../running-pipeline.ts';
import { exampleTools } from './example-tools.ts';

const tools = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));

/** One incident over a database of its own, and whoever investigates it; no forge. */
export interface RunInTest extends AsyncDisposable {
  store: Store;
  now: Date;
  policy: Policy;
  /** The check without a model, which begins the model's run. */
  check(): Promise<void>;
  /** The model's runs, until nothing of them can go on now. */
  runs(investigator: Investigator, more?: { escalates: boolean }): Promise<void>;
  rows<Row = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<Row[]>;
}

export async function runInTest(
  alert: object = { title: 'Login failures', severity: 'high', host: 'web-01', src_ip: '203.0.113.7' },
  given: Partial<Policy> = {},
): Promise<RunInTest> {
  const pipeline = await runningPipeline();
  await pipeline.take(alert);
  const { store } = pipeline;
  await store.query('update incident set issue = 12');
  const t: RunInTest = {
    store,
    now: new Date('2026-03-01T12:05:00Z'),
    policy: policyOf({ playbooks: [exampleTools], ...given }),
    async check() {
      const deps = { ...common(), actions: new Set(['block']), unavailable: new Map(), model: true };
      while (await investigatorStep(deps));
    },
    async runs(investigator, more = { escalates: false }) {
      const agents: Agents = createAgents({
        ...common(),
        ...more,
        investigator,
        prompts: loadPrompts(new URL('../../prompts/', import.meta.url)),
        price: () => ({ input: 2, output: 10 }),
        onEnd: () => undefined,
      });
      do {
        await agents.idle();
        await agents.step();
      } while (agents.busy());
    },
    rows: pipeline.rows,
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  };
  const clock: Clock = {
    now: () => t.now,
    // The wall time of a run is the test's to move.
    sleep: (_ms, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true })),
  };
  const policy: PolicySource = { current: () => t.policy, banner: () => undefined };
  const common = () => ({ store, facts: createFacts(store), clock, policy, tools, log: () => undefined });
  return t;
}
