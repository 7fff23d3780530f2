import { z } from 'zod';
import { YaguraError } from '../domain/error.ts';
import type { Price } from '../domain/model.ts';
import { type Environment, readVariable } from '../environment.ts';

/**
 * US dollars a million tokens, in and out: the vendor's price page (platform.claude.com/docs/en/about-claude/pricing),
 * read on 22 November 2026. Haiku 5.5 costs five times that for a prompt of over 100,000 tokens; that is not counted.
 */
const published: Readonly<Record<string, Price>> = {
  'claude-opus-5-5': { input: 4, output: 20 },
  'claude-sonnet-5-5': { input: 2, output: 10 },
  'claude-haiku-5-5': { input: 0.1, output: 0.5 },
};

const variable = 'YAGURA_MODEL_PRICES';
const entry = /^([^\s=,]+)=(\d{1,6}(?:\.\d{1,6})?)\/(\d{1,6}(?:\.\d{1,6})?)$/;
const list = {
  schema: z.string().refine((text) => text.split(',').every((part) => entry.test(part.trim()))),
  allowed: 'a list such as my-model=0/0,other=1/5: US dollars a million tokens, in and out',
};

/**
 * What a model costs: as `YAGURA_MODEL_PRICES` says, else as published. Throws `YaguraError('settings')` when the
 * variable cannot be read, and later for a model whose price nobody says.
 */
export function readPrices(env: Environment): (model: string) => Price {
  const text = readVariable(env, variable, list, '');
  const told = new Map(text === '' ? [] : text.split(',').map(priceIn));
  return (model) => {
    const price = told.get(model) ?? (Object.hasOwn(published, model) ? published[model] : undefined);
    if (price) return price;
    throw new YaguraError(
      'settings',
      `No price is known for the model ${model}, so no budget of money can be kept: set ${variable}=${model}=<in>/<out>, in US dollars a million tokens (0/0 for a model of your own).`,
    );
  };
}

function priceIn(part: string): [string, Price] {
  const [, model = '', input, output] = entry.exec(part.trim()) ?? [];
  return [model, { input: Number(input), output: Number(output) }];
}
