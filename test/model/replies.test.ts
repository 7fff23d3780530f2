import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeMessage, inTurn } from './fake/answers.ts';
import { modelInTest } from './model-in-test.ts';

const call = (id: string, host = 'web-1') => ({ tool: 'entity_alerts', id, input: { host } });
const output = z.object({ verdict: z.enum(['benign', 'true-positive']) });
const ways = [
  { way: 'streamed', request: {} },
  { way: 'as JSON', request: { output } },
];

describe.each(ways)('an answer $way', ({ request }) => {
  const replyTo = async (answer: FakeMessage) => {
    await using test = await modelInTest(inTurn(answer));
    const reply = await test.turn(request);
    expect(test.api.requests.map((one) => one.wrong)).toEqual([undefined]);
    expect(test.api.requests[0]?.body.stream === true).toBe(request.output === undefined);
    return reply;
  };

  it('is text with the tokens the server counted', async () => {
    const reply = await replyTo({
      says: [{ text: 'Nothing unusual: 日本語もよい。' }],
      usage: { input: 7, output: 9, cacheRead: 40, cacheWrite: 3 },
    });
    expect(reply.content).toMatchObject([{ type: 'text', text: 'Nothing unusual: 日本語もよい。' }]);
    expect(reply).toMatchObject({ model: 'claude-sonnet-5-5', stopReason: 'end_turn' });
    expect(reply.usage).toEqual({ input: 7, output: 9, cacheRead: 40, cacheWrite: 3 });
    expect(reply).not.toHaveProperty('refusal');
  });

  it('is thinking and several tool calls at once, in order', async () => {
    const reply = await replyTo({ says: [{ thinking: 'Two hosts.' }, call('toolu_1'), call('toolu_2', 'web-2')] });
    expect(reply.stopReason).toBe('tool_use');
    expect(reply.content).toMatchObject([
      { type: 'thinking', thinking: 'Two hosts.', signature: 'c2lnbmVk' },
      { type: 'tool_use', id: 'toolu_1', input: { host: 'web-1' } },
      { type: 'tool_use', id: 'toolu_2', input: { host: 'web-2' } },
    ]);
  });

  it('with one id for several calls gets an id for each', async () => {
    const reply = await replyTo({ says: [call('toolu_1'), call('toolu_1'), call('toolu_1')] });
    expect(reply.content.map((block) => block.type === 'tool_use' && block.id)).toEqual([
      'toolu_1',
      'toolu_1_2',
      'toolu_1_3',
    ]);
  });

  it('that its limit cuts inside a tool call loses that call, and keeps the whole ones', async () => {
    const cut = { tool: 'entity_alerts', id: 'toolu_2', cut: '{"host": "web-1' };
    const reply = await replyTo({ says: [{ text: 'Looking.' }, call('toolu_1'), cut], stop: 'max_tokens' });
    expect(reply.stopReason).toBe('max_tokens');
    expect(reply.content).toMatchObject([{ type: 'text' }, { type: 'tool_use', id: 'toolu_1' }]);
    expect(reply.content).toHaveLength(2);
  });

  it('that refuses says why, and is not asked again', async () => {
    const explanation = 'This asks for an exploit.';
    const reply = await replyTo({ says: [], refusal: { category: 'cyber', explanation } });
    expect(reply).toMatchObject({ stopReason: 'refusal', content: [], refusal: explanation });
    expect(await replyTo({ says: [], refusal: { category: 'cyber', explanation: null } })).toMatchObject({
      refusal: 'cyber',
    });
  });

  it('keeps blocks of kinds it does not know, and passes over unknown events', async () => {
    const strange = { type: 'hologram', of: 'a cat' };
    const reply = await replyTo({ says: [{ strange }, { text: 'Benign.' }], strangeEvents: true });
    expect(reply.content).toMatchObject([strange, { type: 'text', text: 'Benign.' }]);
  });

  it('whose tokens the server does not count is booked at the most it can be', async () => {
    await using test = await modelInTest(inTurn({ says: [{ text: 'Benign.' }], usage: { input: 0, output: 0 } }));
    const { usage } = await test.turn({ ...request, maxTokens: 123 });
    expect(usage.output).toBe(123);
    expect(usage.cacheWrite).toBeGreaterThan(200);
  });
});

describe('a server of another kind', () => {
  it('may ignore the wanted shape: the answer reaches the caller, who checks it', async () => {
    await using test = await modelInTest(inTurn({ says: [{ text: 'I would rather write prose.' }] }));
    const reply = await test.turn({ output });
    expect(reply.content).toMatchObject([{ type: 'text', text: 'I would rather write prose.' }]);
    expect(test.api.requests).toHaveLength(1);
  });

  it('may not put what it likes into the name of the model', async () => {
    const answer = { content: [], stop_reason: 'end_turn', model: '[pay here](https://example.com)' };
    await using test = await modelInTest(inTurn({ raw: JSON.stringify(answer) }));
    expect((await test.turn({ output })).model).toBe('claude-sonnet-5-5');
  });

  it('may leave out what it does not have', async () => {
    const bare = { content: [{ type: 'text', text: '{"verdict":"benign"}' }], stop_reason: 'end_turn' };
    await using test = await modelInTest(inTurn({ raw: JSON.stringify(bare) }));
    const reply = await test.turn({ output });
    expect(reply).toMatchObject({ model: 'claude-sonnet-5-5', stopReason: 'end_turn', content: bare.content });
    expect(reply.usage.output).toBe(1000);
  });
});
