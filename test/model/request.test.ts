import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTurn } from './fake/answers.ts';
import { key, modelInTest } from './model-in-test.ts';

const good = { says: [{ text: 'Benign.' }] };
const cached = { type: 'ephemeral' };
const tool = {
  name: 'entity_alerts',
  description: 'Alerts of other incidents that carry an entity.',
  input_schema: { type: 'object' as const, properties: { entity: { type: 'string' } }, required: ['entity'] },
  strict: true,
};

async function sent(request: Parameters<Awaited<ReturnType<typeof modelInTest>>['turn']>[0]) {
  await using test = await modelInTest(inTurn(good));
  await test.turn(request);
  const [seen] = test.api.requests;
  if (!seen) throw new Error('Nothing was sent.');
  return seen;
}

describe('a request', () => {
  it('has the model of its tier, and nothing that current models refuse', async () => {
    const { body } = await sent({ tools: [tool] });
    expect(body).toEqual({
      model: 'claude-sonnet-5-5',
      max_tokens: 1000,
      system: [{ type: 'text', text: 'You look at alerts.', cache_control: cached }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'An alert about web-1.', cache_control: cached }] }],
      tools: [tool],
      stream: true,
    });
    expect((await sent({ tier: 'extract' })).body.model).toBe('claude-haiku-5-5');
    expect((await sent({ tier: 'escalate' })).body.model).toBe('claude-opus-5-5');
  });

  it('marks the end of the first message as cached, and leaves the rest as it is', async () => {
    const messages = [
      {
        role: 'user' as const,
        content: [
          { type: 'text' as const, text: 'The case.' },
          { type: 'text' as const, text: 'Its evidence.' },
        ],
      },
      { role: 'assistant' as const, content: 'I look.' },
      { role: 'user' as const, content: 'Go on.' },
    ];
    const { body } = await sent({ messages });
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [messages[0]?.content[0], { type: 'text', text: 'Its evidence.', cache_control: cached }],
      },
      ...messages.slice(1),
    ]);
    expect(messages[0]?.content[1]).not.toHaveProperty('cache_control');
  });

  it('is the same to the byte when it is made again, so that caches and cassettes hit', async () => {
    const texts = await Promise.all([sent({}), sent({})]);
    expect(JSON.stringify(texts[0]?.body)).toBe(JSON.stringify(texts[1]?.body));
  });

  it('for a shaped answer carries the schema of it, closed, and is not streamed', async () => {
    const output = z.object({ verdict: z.enum(['benign', 'true-positive']).describe('What it is.') });
    const { body } = await sent({ output });
    expect(body.output_config).toEqual({
      format: {
        type: 'json_schema',
        schema: {
          type: 'object',
          properties: { verdict: { enum: ['benign', 'true-positive'], description: 'What it is.' } },
          required: ['verdict'],
          additionalProperties: false,
        },
      },
    });
    expect(body).not.toHaveProperty('stream');
  });

  it('carries the key as a bearer token and in no other header, and no beta', async () => {
    const { headers, body } = await sent({});
    expect(headers.authorization).toBe(`Bearer ${key}`);
    const { authorization: _, ...others } = headers;
    expect(JSON.stringify([others, body])).not.toContain(key);
    expect(headers).not.toHaveProperty('anthropic-beta');
    expect(headers['anthropic-version']).toBe('2026-10-21');
  });

  it('without a system prompt is a good request all the same', async () => {
    expect((await sent({ system: '' })).body).not.toHaveProperty('system');
  });
});
