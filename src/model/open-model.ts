import { setTimeout as sleep } from 'node:timers/promises';
import type { Middleware } from '@anthropic-ai/sdk';
import { YaguraError } from '../domain/error.ts';
import type { Environment } from '../environment.ts';
import type { Model } from '../ports/model.ts';
import { createAnthropicModel } from './anthropic-model.ts';
import { readModelSettings } from './model-settings.ts';
import { createScriptedModel } from './scripted-model.ts';

/** The model the environment names; `middleware` sees each request, as a cassette does. Throws `YaguraError('settings')` when it names none. */
export function openModel(env: Environment, middleware: Middleware[] = []): Model {
  const settings = readModelSettings(env);
  if (!settings) throw new YaguraError('settings', 'No model is set: set ANTHROPIC_API_KEY or YAGURA_MODEL.');
  if (settings.scripted) return createScriptedModel();
  return createAnthropicModel(settings, {
    middleware,
    sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
  });
}
