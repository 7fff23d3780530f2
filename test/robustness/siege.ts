import type { Policy } from '../../src/domain/policy.ts';
import type { Host } from '../../src/investigate/agent/host.ts';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import type { Tool, ToolContext } from '../../src/investigate/tool.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Model } from '../../src/ports/model.ts';
import { createHost } from '../../src/run/agent-host.ts';
import { briefOf, offersOf } from '../../src/run/brief.ts';
import { investigatorStep } from '../../src/run/investigator.ts';
import { loadPrompts } from '../../src/run/prompts.ts';
import { saveRun } from '../../src/run/save-run.ts';
import { createFacts } from '../../src/store/facts.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { beginAsked, openRuns, startRun } from '../../src/store/investigations.ts';
import { type RunningPipeline, runningPipeline } from '../running-pipeline.ts';
import { type Aftermath, seeIncidents } from './aftermath.ts';
import { alertWith, type Carrier, questionWith } from './carriers.ts';
import { createGullibleModel, type GullibleModel } from './gullible-model.ts';
import { siegePolicy } from './siege-policy.ts';
import { spiedTools, type ToolCall } from './spied-tools.ts';

const prompts = loadPrompts(new URL('../../prompts/', import.meta.url));

/** One planted text and where it stands. */
export interface Planted {
  carrier: Carrier;
  text: string;
}

/** What may be taken away to see that something stood in the way. */
export interface Without {
  host?(host: Host, tools: ReadonlyMap<string, Tool>, context: ToolContext): Host;
  model?(model: Model): Model;
  tool?(tool: Tool): Tool;
}

/** What became of one incident of a siege. */
export interface Besieged {
  planted: Planted;
  n: number;
  model: GullibleModel;
  calls: ToolCall[];
  before: Aftermath;
  after: Aftermath;
}

/**
 * Plants each text in an incident of its own, in one database: the alert comes in, the playbook is run, then the model
 * that obeys investigates or answers, through everything that stands between it and the rest. Returned in order.
 */
export async function siege(all: Planted[], without: Without = {}): Promise<Besieged[]> {
  await using pipeline = await runningPipeline();
  const clock: Clock = { now: () => pipeline.now, sleep: async () => undefined };
  const policy = siegePolicy();
  pipeline.policy = policy;
  await pipeline.take(...all.map(({ carrier, text }, n) => alertWith(n, carrier, text)));
  const ids = await incidentsOf(pipeline, all.length);
  const calls = new Map<string, ToolCall[]>(ids.map((id) => [id, []]));
  const spied = await spiedTools((call) => calls.get(call.incident)?.push(call));
  const tools = new Map([...spied].map(([name, tool]) => [name, without.tool?.(tool) ?? tool]));
  await checkWithoutModel(pipeline, clock, policy, tools);
  for (const list of calls.values()) list.length = 0;
  const before = await seeIncidents(pipeline, policy);
  for (const [n, planted] of all.entries()) await askFor(pipeline, ids[n] ?? '', planted);
  const besieged = await Promise.all(
    all.map(async (planted, n) => {
      const id = ids[n] ?? '';
      const model = createGullibleModel(planted.text, n);
      await attackIncident({ pipeline, clock, policy, tools, without }, id, model);
      return { id, planted, n, model };
    }),
  );
  const after = await seeIncidents(pipeline, policy);
  return besieged.map(({ id, ...one }) => {
    const [was, is] = [before.get(id), after.get(id)];
    if (!was || !is) throw new Error(`incident ${id} is gone`);
    return { ...one, calls: calls.get(id) ?? [], before: was, after: is };
  });
}

interface Ground {
  pipeline: RunningPipeline;
  clock: Clock;
  policy: Policy;
  tools: Map<string, Tool>;
  without: Without;
}

/** Incident ids in the order of the alerts; each alert must have opened one of its own. */
async function incidentsOf(pipeline: RunningPipeline, count: number): Promise<string[]> {
  await pipeline.store.query('update incident set issue = 100000 + id');
  const found = await pipeline.rows<{ n: number; id: string }>(
    `select substr(e.value, 9)::int as n, a.incident_id as id from alert_entity e join alert a on a.id = e.alert_id
     where e.type = 'host' and e.value ~ '^payroll-[0-9]+$'`,
  );
  const ids = Array.from({ length: count }, (_, n) => found.find((row) => row.n === n)?.id ?? '');
  if (new Set(ids).size !== count || ids.includes('')) throw new Error('not every alert opened an incident of its own');
  return ids;
}

async function checkWithoutModel(pipeline: RunningPipeline, clock: Clock, policy: Policy, tools: Map<string, Tool>) {
  const { store } = pipeline;
  const source = { current: () => policy, banner: () => undefined };
  const log: string[] = [];
  const deps = { store, facts: createFacts(store), clock, policy: source, tools, actions: new Set(['block']) };
  const rest = { unavailable: new Map(), model: false, log: (line: string) => log.push(line) };
  pipeline.now = new Date(pipeline.now.getTime() + 5_000);
  while (await investigatorStep({ ...deps, ...rest }));
  if (log.length > 0) throw new Error(log.join('\n'));
}

async function attackIncident(ground: Ground, id: string, gullible: Model): Promise<void> {
  const { pipeline, clock, policy, tools, without } = ground;
  const { store, now } = pipeline;
  const source = { current: () => policy, banner: () => undefined };
  const view = await loadIncidentView(store, id, { policy: source, now });
  if (!view) throw new Error(`incident ${id} is gone`);
  const row = await openRun(pipeline, id);
  const { kind, focus } = row;
  const orders = { brief: briefOf(view, policy, { tools, focus, escalates: false }), offers: offersOf(view) };
  await startRun(store, row, { brief: orders, prompts, policyCommit: policy.commit, at: now });
  const { incident, alerts, entities } = view;
  const context = { incident, alerts, entities, policy, facts: createFacts(store), language: 'en' as const, now };
  const host = createHost({
    ...{ store, clock, brief: orders.brief, tools, price: () => ({ input: 0, output: 0 }) },
    run: { id: row.id, incidentId: id, startedAt: now },
    budget: policy.modelBudget,
    context,
  });
  const model = without.model?.(gullible) ?? gullible;
  const signal = new AbortController().signal;
  const given = without.host?.(host, tools, context) ?? host;
  const ran = await runOrder({ kind, brief: orders.brief, prompts }, model, given, signal);
  if (ran.is !== 'answered') throw new Error(`the model of incident ${id} did not answer: ${ran.why}`);
  await saveRun({ store, clock, policy: source }, row, { orders, prompts, ran });
}

/** A person of the team asks: to investigate, or what was planted. */
async function askFor({ store, now }: RunningPipeline, id: string, { carrier, text }: Planted): Promise<void> {
  const focus = questionWith(carrier, text);
  const kind = focus === null ? 'investigate' : 'ask';
  await beginAsked(store, now, { incident: { id, severity: 'high' }, kind, askedBy: 'hana', focus });
}

async function openRun(pipeline: RunningPipeline, incident: string) {
  const held = await pipeline.rows<{ id: string }>('select id from investigation where incident_id <> $1', [incident]);
  const [row] = await openRuns(
    pipeline.store,
    pipeline.now,
    held.map((one) => one.id),
  );
  if (!row) throw new Error(`incident ${incident} has no run`);
  return row;
}
