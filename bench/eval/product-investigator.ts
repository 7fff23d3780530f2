import { knownPlugins } from '../../src/cli/known-plugins.ts';
import { systemClock } from '../../src/clock.ts';
import type { Price, Tier } from '../../src/domain/model.ts';
import type { Investigator } from '../../src/investigate/agent/order.ts';
import { runOrder } from '../../src/investigate/agent/run-order.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Model } from '../../src/ports/model.ts';
import { createAgents } from '../../src/run/agents.ts';
import { type InvestigatorDeps, investigatorStep } from '../../src/run/investigator.ts';
import { loadPrompts } from '../../src/run/prompts.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { type EvalInvestigator, usageOf } from './eval-investigator.ts';
import type { StagedIncident } from './staged-incident.ts';

/** A model and what it costs. */
export interface PricedModel {
  model: Model;
  price(tier: Tier): Price;
}

/**
 * What the product does with an incident, over its own store: the playbook's tools, and after them a model where one is
 * given, with journal, budgets and gates. The model runs in this process instead of one of its own.
 */
export function productInvestigator(name: string, model?: PricedModel): EvalInvestigator {
  return {
    name,
    async investigate(staged) {
      const deps = await depsOf(staged, model !== undefined);
      while (await investigatorStep(deps));
      if (model) await runModel(deps, model);
      const context = { policy: deps.policy, now: deps.clock.now() };
      const view = await loadIncidentView(staged.store, staged.incident.id, context);
      if (!view?.report) throw new Error(`${name} left no report on incident ${staged.incident.title}`);
      return { report: view.report, evidence: view.evidence, usage: usageOf(view.report.model) };
    },
  };
}

async function depsOf({ store, facts, policy, tools, now }: StagedIncident, model: boolean): Promise<InvestigatorDeps> {
  const ahead = now.getTime() - Date.now();
  const clock: Clock = { now: () => new Date(Date.now() + ahead), sleep: systemClock.sleep };
  const { actions } = await knownPlugins();
  return {
    ...{ store, facts, tools, clock, model },
    policy: { current: () => policy, banner: () => undefined },
    actions: new Set(actions.map(({ action }) => action)),
    unavailable: new Map(),
    log: (sentence) => console.error(sentence),
  };
}

/** Runs what is open until nothing is: a model that is away for a moment is tried again, as by the product. */
async function runModel(deps: InvestigatorDeps, { model, price }: PricedModel): Promise<void> {
  const investigator: Investigator = {
    run: (order, host, signal) => runOrder(order, model, host, signal),
    stop: async () => undefined,
  };
  const prompts = loadPrompts(new URL('../../prompts/', import.meta.url));
  const agents = createAgents({ ...deps, investigator, prompts, price, onEnd: () => undefined });
  const open = async () =>
    (await deps.store.query(`select 1 from investigation where status in ('waiting', 'running', 'stopping')`)).rowCount;
  for (let wait = 0; (await open()) > 0; wait = 1_000) {
    await deps.clock.sleep(wait);
    await agents.step();
    await agents.idle();
  }
}
