import { ToolError } from '@anthropic-ai/sdk/lib/tools/ToolError';
import { describe, expect, it } from 'vitest';
import { untrustedBlock } from '../../../src/investigate/agent/blocks.ts';
import { type Prompt, type Prompts, promptIds } from '../../../src/investigate/agent/brief.ts';
import type { Host } from '../../../src/investigate/agent/host.ts';
import type { Desk } from '../../../src/investigate/agent/turn.ts';
import { workOn } from '../../../src/investigate/agent/work-on.ts';
import type { FakeMessage } from '../../model/fake/answers.ts';
import { type Asked, askedByToolRunner, askedIn, type ScriptedTool } from '../../model/fake/tool-runner.ts';
import { modelInTest } from '../../model/model-in-test.ts';

const marker = 'marker-of-this-run';
const task = { question: 'What else did web-1 do?', tools: ['look'], done_when: 'Both hosts were looked at.' };
const schema = { type: 'object' as const, properties: { host: { type: 'string' as const } }, required: ['host'] };
const answerTo = (input: unknown) => ({ outcome: 'found', says: `Looked at ${JSON.stringify(input)}.` });

/** The same two tools for the SDK's runner: what one answers as our loop words it, and one that this task does not have. */
const tools: ScriptedTool[] = [
  {
    name: 'look',
    description: 'Looks at a host.',
    input_schema: schema,
    run: (input) => untrustedBlock(marker, 'The answer.', answerTo(input)).text,
  },
  {
    name: 'whois',
    description: 'Asks who owns an address.',
    input_schema: schema,
    run() {
      throw new ToolError('This task was not given the tool whois.');
    },
  },
];

function prompt(id: string): Prompt {
  return { id, version: '1', tier: 'investigate', maxTokens: 700, text: `The prompt ${id}.`, hash: '0'.repeat(64) };
}

const host: Host = {
  before: async () => ({ is: 'go', paidTries: 1 }),
  after: async () => undefined,
  ask: async (_key, _tool, args) => answerTo(args),
  extracted: async () => ({ entities: [], quotes: [], techniques: [], givesOrders: false }),
  evidence: async () => [],
};

function deskFor(model: Desk['model']): Desk {
  const prompts = Object.fromEntries(promptIds.map((id) => [id, prompt(id)])) as Prompts;
  const brief: Desk['brief'] = {
    marker,
    organization: { commit: '0'.repeat(40), files: [] },
    trusted: {
      kind: 'threat',
      severity: 'high',
      alerts: [],
      alertTotal: 0,
      entities: [],
      playbook: 'default',
      offers: [],
    },
    untrusted: { entities: [], alerts: [] },
    evidence: [],
    tools: tools.map(({ name, description, input_schema }) => ({
      name,
      summary: description,
      schema: { ...input_schema },
    })),
  };
  return { model, host, prompts, brief, signal: new AbortController().signal };
}

/** What our loop and the SDK's tool runner ask, when a model says the same to both. */
async function bothAsk(says: [FakeMessage, ...FakeMessage[]]): Promise<{ ours: Asked[]; theirs: Asked[] }> {
  await using test = await modelInTest(({ number }) => says[number - 1] ?? { says: [{ text: 'Too far.' }] });
  await workOn(deskFor(test.model), 'task-1', task, [{ type: 'text', text: 'About the incident.' }]);
  const ours = askedIn(test.api.requests);
  const [begin] = test.api.requests;
  const first = ours[0]?.messages[0]?.content as { type: 'text'; text: string }[];
  const system = ours[0]?.system ?? '';
  const theirs = await askedByToolRunner({
    model: begin?.body.model ?? '',
    system,
    first,
    maxTokens: 700,
    tools,
    says,
  });
  return { ours, theirs };
}

const look = (id: string, host: string) => ({ tool: 'look', id, input: { host } });

describe("a task asks exactly what the SDK's own tool runner asks", () => {
  const scripts: Record<string, [FakeMessage, ...FakeMessage[]]> = {
    'when nothing is to be asked': [{ says: [{ text: 'Nothing to look at.' }] }],
    'when it thinks, talks and asks several tools at once': [
      { says: [{ thinking: 'Two.' }, { text: 'Both.' }, look('toolu_1', 'web-1'), look('toolu_2', 'ホスト "2"')] },
      { says: [look('toolu_3', 'db-1')] },
      { says: [{ text: 'Done.' }] },
    ],
    'when it asks for a tool that the task was not given': [
      { says: [{ tool: 'whois', id: 'toolu_1', input: { host: '203.0.113.7' } }, look('toolu_2', 'web-1')] },
      { says: [{ text: 'Done.' }] },
    ],
  };
  for (const [name, says] of Object.entries(scripts)) {
    it(name, async () => {
      const { ours, theirs } = await bothAsk(says);
      expect(theirs).toHaveLength(says.length);
      expect(ours).toEqual(theirs);
    });
  }

  it('and less than it where an answer was cut inside a call: nothing of it is asked', async () => {
    const cut: FakeMessage = {
      says: [look('toolu_1', 'web-1'), { tool: 'look', id: 'toolu_2', cut: '{"host":"db' }],
      stop: 'max_tokens',
    };
    const { ours } = await bothAsk([cut, { says: [{ text: 'Done.' }] }]);
    expect(ours).toHaveLength(1);
  });
});
