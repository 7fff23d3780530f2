import { describe, expect, it } from 'vitest';
import type { ModelRequest } from '../../src/ports/model.ts';
import { inTurn } from './fake/answers.ts';
import { askedByToolRunner, askedIn, type Script } from './fake/tool-runner.ts';
import { modelInTest } from './model-in-test.ts';

const look = {
  name: 'look',
  description: 'Looks at a host.',
  input_schema: { type: 'object' as const, properties: { host: { type: 'string' as const } }, required: ['host'] },
  run: (input: unknown) => `Looked at ${JSON.stringify(input)}.`,
};
const script: Script = {
  model: 'claude-sonnet-5-5',
  system: 'You look at alerts.',
  first: 'An alert about web-1 and ホスト.',
  maxTokens: 500,
  tools: [look],
  says: [
    {
      says: [
        { thinking: 'Two hosts.' },
        { text: 'I look at both.' },
        call('toolu_1', 'web-1'),
        call('toolu_2', 'ホスト'),
      ],
    },
    { says: [call('toolu_3', 'db-1')] },
    { says: [{ text: 'Nothing unusual.' }] },
  ],
};

function call(id: string, host: string) {
  return { tool: 'look', id, input: { host } };
}

/** The least loop there can be on the port: what is said goes back as it came, with a result for each call. */
async function leastLoop({ first, system, maxTokens, tools, says }: Script) {
  await using test = await modelInTest(inTurn(...says));
  const messages: ModelRequest['messages'] = [{ role: 'user', content: first }];
  const offered = tools.map(({ run: _, ...tool }) => tool);
  for (;;) {
    const { content } = await test.turn({ system, messages, maxTokens, tools: offered });
    const calls = content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
    if (calls.length === 0) return askedIn(test.api.requests);
    const results = calls.map((one) => ({
      type: 'tool_result' as const,
      tool_use_id: one.id,
      content: tools.find((tool) => tool.name === one.name)?.run(one.input) ?? '',
    }));
    messages.push({ role: 'assistant', content }, { role: 'user', content: results });
  }
}

describe('a loop over the port', () => {
  it("asks exactly what the SDK's own tool runner asks, though its answers are streamed", async () => {
    const theirs = await askedByToolRunner(script);
    expect(theirs).toHaveLength(3);
    expect(theirs[2]?.messages).toHaveLength(5);
    expect(await leastLoop(script)).toEqual(theirs);
  });

  it('that sends another result is told from it', async () => {
    const theirs = await askedByToolRunner(script);
    const silent = { ...script, tools: [{ ...look, run: () => 'Nothing.' }] };
    expect(await leastLoop(silent)).not.toEqual(theirs);
  });
});
