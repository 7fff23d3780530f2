import type { Middleware } from '@anthropic-ai/sdk';
import { createAnthropicModel } from '../../src/model/anthropic-model.ts';
import { readModelSettings, type ServedModel } from '../../src/model/model-settings.ts';
import { type Model, ModelError, type ModelReply, type ModelRequest } from '../../src/ports/model.ts';
import { type FakeMessagesApi, fakeMessagesApi } from './fake/fake-messages-api.ts';

/** A key of our own making, in the shape the vendor's have. */
export const key = `sk-ant-${'test'.repeat(8)}`;

function servedBy(url: string, env: Record<string, string> = {}): ServedModel {
  const settings = readModelSettings({ ANTHROPIC_API_KEY: key, ANTHROPIC_BASE_URL: url, ...env });
  if (!settings || settings.scripted) throw new Error('The settings name no served model.');
  return settings;
}

export function ask(request: Partial<ModelRequest> = {}): ModelRequest {
  return {
    tier: 'investigate',
    system: 'You look at alerts.',
    messages: [{ role: 'user', content: 'An alert about web-1.' }],
    tools: [],
    maxTokens: 1000,
    paidTries: 3,
    ...request,
  };
}

export interface ModelInTest extends AsyncDisposable {
  api: FakeMessagesApi;
  model: Model;
  /** Milliseconds of each wait between tries; none is really waited. */
  waits: number[];
  turn(request?: Partial<ModelRequest>, signal?: AbortSignal): Promise<ModelReply>;
  /** The `ModelError` that a turn ends with. */
  failure(request?: Partial<ModelRequest>, signal?: AbortSignal): Promise<ModelError>;
}

/** The real adapter through the real SDK over a real socket to the fake. */
export async function modelInTest(
  handler: Parameters<typeof fakeMessagesApi>[0],
  options: { limit?(): AbortSignal; middleware?: Middleware[]; key?: string } = {},
): Promise<ModelInTest> {
  const api = await fakeMessagesApi(handler);
  const waits: number[] = [];
  const sleep = async (ms: number) => void waits.push(ms);
  const model = createAnthropicModel(servedBy(api.url, options.key ? { ANTHROPIC_API_KEY: options.key } : {}), {
    sleep,
    ...options,
  });
  const turn: ModelInTest['turn'] = (request, signal = new AbortController().signal) =>
    model.turn(ask(request), signal);
  return {
    api,
    model,
    waits,
    turn,
    async failure(request, signal) {
      const reply = await turn(request, signal).catch((error: unknown) => error);
      if (reply instanceof ModelError) return reply;
      throw new Error(`No ModelError but ${JSON.stringify(reply)}`, { cause: reply });
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}
