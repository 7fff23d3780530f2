import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import type { FakeMessage } from './answers.ts';
import { fakeMessagesApi, type SeenRequest } from './fake-messages-api.ts';

/** A tool as both loops have it: what it answers to which input. */
export interface ScriptedTool {
  name: string;
  description: string;
  input_schema: { type: 'object'; properties: Record<string, { type: 'string' }>; required: string[] };
  run(input: unknown): string;
}

/** What a model says in turn, and what it is asked with: one script for the SDK's tool runner and for a loop of ours. */
export interface Script {
  model: string;
  system: string;
  first: string | { type: 'text'; text: string }[];
  maxTokens: number;
  tools: ScriptedTool[];
  says: [FakeMessage, ...FakeMessage[]];
}

/** What was asked, whatever the form it was written in. */
export interface Asked {
  model: string;
  maxTokens: number;
  system: string;
  tools: { name: string; description: string | undefined; input_schema: unknown }[];
  messages: { role: string; content: unknown[] }[];
}

/** The requests that the SDK's own tool runner makes of a script: the yardstick for ours. */
export async function askedByToolRunner(script: Script): Promise<Asked[]> {
  await using api = await fakeMessagesApi(({ number }) => script.says[number - 1] ?? { says: [{ text: 'Too far.' }] });
  const client = new Anthropic({ apiKey: 'none', baseURL: api.url, maxRetries: 0, logLevel: 'off' });
  const runner = client.beta.messages.toolRunner({
    // With a thread the server would keep the conversation, and requests would hold its last message only.
    thread: false,
    model: script.model,
    max_tokens: script.maxTokens,
    system: script.system,
    messages: [{ role: 'user', content: script.first }],
    tools: script.tools.map(({ name, description, input_schema, run }) =>
      betaTool({ name, description, inputSchema: input_schema, run: async (input) => run(input) }),
    ),
  });
  await runner.runUntilDone();
  return askedIn(api.requests);
}

/** Requests without what may differ: streaming, cache marks, and texts that stand alone or in a block. */
export function askedIn(requests: SeenRequest[]): Asked[] {
  const wrong = requests.flatMap((request) => request.wrong ?? []);
  if (wrong.length > 0) throw new Error(`The API refuses this: ${wrong.join('; ')}`);
  return requests.map(({ body }) => ({
    model: body.model,
    maxTokens: body.max_tokens,
    system: typeof body.system === 'string' ? body.system : (body.system ?? []).map((block) => block.text).join(''),
    tools: (body.tools ?? []).flatMap((tool) =>
      'input_schema' in tool
        ? [{ name: tool.name, description: tool.description, input_schema: tool.input_schema }]
        : [],
    ),
    messages: body.messages.map(({ role, content }) => ({ role, content: asBlocks(content) })),
  }));
}

function asBlocks(content: unknown): unknown[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  if (!Array.isArray(content)) return [content];
  return content.map(({ cache_control: _, ...block }) =>
    block.type === 'tool_result' ? { ...block, content: asBlocks(block.content) } : block,
  );
}
