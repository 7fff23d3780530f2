import { sentenceOf } from '../domain/error.ts';
import { everyLanguage } from '../domain/locale.ts';
import type { Price, Tier } from '../domain/model.ts';
import type { Prompts } from '../investigate/agent/brief.ts';
import type { Investigator, Ran } from '../investigate/agent/order.ts';
import type { Tool } from '../investigate/tool.ts';
import type { Clock } from '../ports/clock.ts';
import type { Facts } from '../ports/facts.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { loadIncidentView } from '../store/incident-view.ts';
import { begunSince, type InvestigationRow, openRuns, putOffRun, startRun } from '../store/investigations.ts';
import { createHost } from './agent-host.ts';
import { briefOf, offersOf } from './brief.ts';
import { type Orders, saveRun } from './save-run.ts';

export interface AgentsDeps {
  store: Store;
  facts: Facts;
  clock: Clock;
  policy: PolicySource;
  tools: ReadonlyMap<string, Tool>;
  prompts: Prompts;
  investigator: Investigator;
  price(tier: Tier): Price;
  /** Whether the `escalate` tier is another model than `investigate`. */
  escalates?: boolean;
  /** Called when a run has ended and its report is to be published. */
  onEnd(): void;
  log(sentence: string): void;
}

/** Runs at once; each holds one connection to the model at a time or few. */
const concurrency = 2;

/** Tries of a run whose model or process is away, and the wait before the first of them; it doubles. */
const tries = 6;
const firstWaitMs = 10_000;

export interface Agents {
  /** Takes up runs while there is room; false, since they go on by themselves. */
  step(): Promise<boolean>;
  stop(): Promise<void>;
  /** Whether a run is under way. */
  busy(): boolean;
  /** Resolves when none is. */
  idle(): Promise<void>;
}

/** Takes up what is to be investigated by a model, people's first; a run that was cut off goes on from its journal. */
export function createAgents(deps: AgentsDeps): Agents {
  const { store, clock, policy } = deps;
  const running = new Map<string, { ended: Promise<void>; controller: AbortController }>();
  let stopped = false;

  async function step(): Promise<boolean> {
    if (stopped || running.size >= concurrency) return false;
    for (const row of await openRuns(store, clock.now(), [...running.keys()])) {
      if (running.size >= concurrency) break;
      if (row.askedBy === null && row.status === 'waiting' && !(await roomInHour())) continue;
      const controller = new AbortController();
      const ended = runOne(row, controller)
        .catch((error: unknown) => deps.log(`run ${row.id}: ${sentenceOf(error)}`))
        .finally(() => {
          running.delete(row.id);
          deps.onEnd();
        });
      running.set(row.id, { ended, controller });
    }
    return false;
  }

  async function roomInHour(): Promise<boolean> {
    const { runsPerHour } = policy.current().modelBudget;
    return (await begunSince(store, new Date(clock.now().getTime() - 3_600_000))) < runsPerHour;
  }

  async function runOne(row: InvestigationRow, controller: AbortController): Promise<void> {
    const now = clock.now();
    const view = await loadIncidentView(store, row.incidentId, { policy, now });
    if (!view) return;
    const inForce = policy.current();
    const begun =
      row.brief === null
        ? await startRun(store, row, {
            brief: {
              brief: briefOf(view, inForce, {
                tools: deps.tools,
                focus: row.focus,
                escalates: deps.escalates ?? false,
              }),
              offers: offersOf(view),
            } satisfies Orders,
            prompts: deps.prompts,
            policyCommit: inForce.commit,
            at: now,
          })
        : { brief: row.brief as Orders, prompts: (row.prompts as Prompts | null) ?? deps.prompts };
    if (!begun) return;
    const { brief: orders, prompts } = begun;
    const { incident, alerts, entities } = view;
    const run = { id: row.id, incidentId: row.incidentId, startedAt: row.startedAt ?? now };
    const host = createHost({
      ...{ store, clock, run, brief: orders.brief, tools: deps.tools, price: deps.price },
      budget: inForce.modelBudget,
      context: { incident, alerts, entities, policy: inForce, facts: deps.facts, language: view.policy.language, now },
    });
    const limit = limitOf(controller, run.startedAt, inForce.modelBudget.minutesPerRun);
    let ran: Ran;
    try {
      ran = await deps.investigator.run({ kind: row.kind, brief: orders.brief, prompts }, host, controller.signal);
    } catch (error) {
      // The process died, or the store is away: nothing is lost, the journal has it.
      if (stopped) return;
      ran = { is: 'away', why: everyLanguage((language) => sentenceOf(error, language)) };
    } finally {
      limit.clear();
    }
    if (stopped) return;
    if (ran.is === 'away' && row.attempts + 1 < tries && !limit.reached()) {
      const wait = firstWaitMs * 2 ** row.attempts;
      await putOffRun(store, row.id, new Date(clock.now().getTime() + wait));
      deps.log(`run ${row.id} is tried again in ${wait / 1000} s: ${ran.why.en}`);
      return;
    }
    await saveRun(deps, row, { orders, prompts, ran });
  }

  /** Ends a request that hangs beyond the wall time; the budget keeps new ones from being begun before that. */
  function limitOf(controller: AbortController, startedAt: Date, minutes: number) {
    const left = startedAt.getTime() + minutes * 60_000 - clock.now().getTime();
    const over = new AbortController();
    let reached = false;
    void clock.sleep(Math.max(0, left), over.signal).then(
      () => {
        if (over.signal.aborted) return;
        reached = true;
        controller.abort();
      },
      () => undefined,
    );
    return { clear: () => over.abort(), reached: () => reached };
  }

  return {
    step,
    busy: () => running.size > 0,
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map((one) => one.ended));
    },
    async stop() {
      stopped = true;
      for (const { controller } of running.values()) controller.abort();
      await deps.investigator.stop();
      await Promise.all([...running.values()].map((one) => one.ended));
    },
  };
}
