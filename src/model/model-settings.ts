import { inspect } from 'node:util';
import { z } from 'zod';
import { YaguraError } from '../domain/error.ts';
import { type Price, type Tier, tiers } from '../domain/model.ts';
import { type Environment, readVariable } from '../environment.ts';
import { PUBLIC_MODEL_URL, readModelAddress } from './model-address.ts';
import { modelId } from './model-id.ts';
import { readPrices } from './model-prices.ts';

/** A model behind the Messages API. Printing or serializing it hides the key. */
export interface ServedModel {
  scripted: false;
  /** Undefined for a server that asks for none. */
  key: string | undefined;
  /** Without trailing slash; `/v1/messages` is below it. */
  baseUrl: string;
  tiers: Record<Tier, { model: string; price: Price }>;
}

/** Which model investigates: the bundled scripted one, or one that is served. */
export type ModelSettings = { scripted: true } | ServedModel;

const defaults: Record<Tier, string> = {
  investigate: 'claude-sonnet-5-5',
  extract: 'claude-haiku-5-5',
  escalate: 'claude-opus-5-5',
};

const key = { schema: z.string().regex(/^[\x21-\x7e]+$/), allowed: 'a key without spaces' };
const model = {
  schema: z.string().refine((text) => readTiers(text) !== undefined),
  allowed: `scripted, none, the id of a model, or a list such as ${tiers.map((tier) => `${tier}=${defaults[tier]}`).join(',')}`,
};

/**
 * What `YAGURA_MODEL`, `ANTHROPIC_API_KEY`, `ANTHROPIC_BASE_URL` and `YAGURA_MODEL_PRICES` say; undefined when no model
 * investigates. Throws `YaguraError('settings')`.
 */
export function readModelSettings(env: Environment): ModelSettings | undefined {
  const named = readVariable(env, 'YAGURA_MODEL', model, undefined);
  const secret = readVariable(env, 'ANTHROPIC_API_KEY', key, undefined);
  const address = env.ANTHROPIC_BASE_URL?.trim();
  const priceOf = readPrices(env);
  if (named === 'none' || (named === undefined && secret === undefined)) return undefined;
  if (named === 'scripted') return { scripted: true };
  if (secret === undefined && !address) {
    throw new YaguraError(
      'settings',
      'YAGURA_MODEL names a model, so ANTHROPIC_API_KEY must be set, or ANTHROPIC_BASE_URL for a server that needs no key.',
    );
  }
  const read = readModelAddress(address || PUBLIC_MODEL_URL);
  if ('refused' in read) throw new YaguraError('settings', `ANTHROPIC_BASE_URL: ${read.refused}.`);
  const ids = { ...defaults, ...readTiers(named ?? '') };
  const priced = (tier: Tier) => ({ model: ids[tier], price: priceOf(ids[tier]) });
  return guarded({
    scripted: false,
    key: secret,
    baseUrl: read.url,
    tiers: { investigate: priced('investigate'), extract: priced('extract'), escalate: priced('escalate') },
  });
}

/** The models that a setting names, by tier: one for all, or a list; undefined when it cannot be read. */
function readTiers(text: string): Partial<Record<Tier, string>> | undefined {
  if (modelId.test(text)) return { investigate: text, extract: text, escalate: text };
  const named: Partial<Record<Tier, string>> = {};
  for (const part of text.split(',')) {
    const [name, value = '', ...rest] = part.trim().split('=');
    const tier = tiers.find((one) => one === name);
    if (!tier || named[tier] !== undefined || rest.length > 0 || !modelId.test(value)) return undefined;
    named[tier] = value;
  }
  return named;
}

function guarded(settings: ServedModel): ServedModel {
  const shown = () => ({ ...settings, key: settings.key === undefined ? undefined : '[redacted]' });
  const view = { value: shown, enumerable: false };
  return Object.defineProperties(settings, { toJSON: view, [inspect.custom]: view });
}
