import type { Middleware } from '@anthropic-ai/sdk';
import type { Environment } from '../../src/environment.ts';
import { readModelSettings } from '../../src/model/model-settings.ts';
import { openModel } from '../../src/model/open-model.ts';
import { createScriptedModel } from '../../src/model/scripted-model.ts';
import type { Model } from '../../src/ports/model.ts';
import type { EvalInvestigator } from './eval-investigator.ts';
import { productInvestigator } from './product-investigator.ts';

/** The one without a model. */
export const deterministic = productInvestigator('deterministic');

/** The one whose model plays a script: what is left when everything but thinking is there. */
export const scripted = productInvestigator('scripted', {
  model: createScriptedModel(),
  price: () => ({ input: 0, output: 0 }),
});

/**
 * Whom `npm run eval:investigate` evaluates: without a model and with the scripted one always, and with a real one where
 * the environment names it, live or from a tape. Each has a place in `docs/evaluation.md`, marked by its name.
 */
export function investigators(env: Environment, tape?: Middleware): EvalInvestigator[] {
  const settings = readModelSettings(env);
  if (!settings || settings.scripted) return [deterministic, scripted];
  const price = (tier: keyof typeof settings.tiers) => settings.tiers[tier].price;
  const model = repeatable(openModel(env, tape ? [tape] : []));
  return [deterministic, scripted, productInvestigator('model', { model, price })];
}

/** The same request each time: the marker of a run is random, and a tape knows answers by the request they were for. */
function repeatable(model: Model): Model {
  return {
    turn(request, signal) {
      const messages = JSON.stringify(request.messages).replace(/=== [0-9a-f]{24} ===/g, '=== evaluation ===');
      return model.turn({ ...request, messages: JSON.parse(messages) as typeof request.messages }, signal);
    },
  };
}
