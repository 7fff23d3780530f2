import Anthropic from '@anthropic-ai/sdk';
import { VERSION } from '@anthropic-ai/sdk/version';
import { describe, expect, it } from 'vitest';
import { messageSchemas } from '../../../scripts/model/message-schemas.ts';
import { inTurn } from './answers.ts';
import { fakeMessagesApi } from './fake-messages-api.ts';
import { judge, judgedBy } from './judge.ts';
import schemas from './schemas/messages.json' with { type: 'json' };

const good = { model: 'claude-sonnet-5-5', max_tokens: 10, messages: [{ role: 'user', content: 'Hello.' }] };
const use = (id: string) => ({ type: 'tool_use', id, name: 'look', input: {} });
const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'Nothing.' });

async function post(body: object) {
  await using api = await fakeMessagesApi(inTurn({ says: [{ text: 'Hello.' }] }));
  const response = await fetch(`${api.url}/v1/messages`, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, text: await response.text() };
}

describe('the schemas', () => {
  it('were made from the SDK that is installed: else run node scripts/model-schemas.ts and read the diff', () => {
    expect(judgedBy).toBe(`@anthropic-ai/sdk ${VERSION}`);
    expect(Object.keys(schemas.definitions).length).toBeGreaterThan(150);
  });

  // Making them takes seconds.
  if (process.env.YAGURA_FULL === '1') {
    it('are what its types say', () => {
      expect(messageSchemas()).toEqual(schemas);
    });
  }
});

describe('the fake Messages API', () => {
  it('takes a good request', async () => {
    expect(await post(good)).toMatchObject({ status: 200 });
    const messages = [
      { role: 'user', content: 'Look.' },
      { role: 'assistant', content: [use('toolu_1'), use('toolu_2')] },
      { role: 'user', content: [result('toolu_1'), result('toolu_2')] },
    ];
    expect(await post({ ...good, messages })).toMatchObject({ status: 200 });
  });

  const refused: [name: string, change: object, said: RegExp][] = [
    ['temperature', { temperature: 0 }, /request must NOT have additional properties temperature/],
    ['top_p', { top_p: 0.9 }, /top_p/],
    ['an unknown role', { messages: [{ role: 'robot', content: 'Hi.' }] }, /role/],
    ['no max_tokens', { max_tokens: undefined }, /max_tokens/],
    ['a wrong type', { max_tokens: 'ten' }, /max_tokens must be number/],
    ['forced tool use', { tool_choice: { type: 'any' } }, /forced tool use/],
    ['disabled thinking', { thinking: { type: 'disabled' } }, /thinking/],
    ['a prefill', { messages: [...good.messages, { role: 'assistant', content: '{' }] }, /prefilling/],
    ['empty text', { messages: [{ role: 'user', content: '' }] }, /non-empty/],
    [
      'a call without its result',
      { messages: [...good.messages, { role: 'assistant', content: [use('a')] }, { role: 'user', content: 'Well?' }] },
      /tool_use a has no tool_result/,
    ],
    [
      'a result without its call',
      { messages: [{ role: 'user', content: [result('a')] }] },
      /tool_result a has no tool_use/,
    ],
    [
      'calls with one id',
      {
        messages: [
          ...good.messages,
          { role: 'assistant', content: [use('a'), use('a')] },
          { role: 'user', content: [result('a')] },
        ],
      },
      /unique/,
    ],
    [
      'five cached blocks',
      { system: Array.from({ length: 5 }, () => ({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } })) },
      /at most 4/,
    ],
  ];
  for (const [name, change, said] of refused) {
    it(`refuses ${name}, as the real one does`, async () => {
      const { status, text } = await post({ ...good, ...change });
      expect(status).toBe(400);
      expect(text).toMatch(said);
    });
  }

  it('serves nothing else', async () => {
    await using api = await fakeMessagesApi(inTurn({ says: [] }));
    const response = await fetch(`${api.url}/v1/complete`, { method: 'POST', body: JSON.stringify(good) });
    expect(response.status).toBe(400);
    expect(api.requests[0]?.wrong).toBe('POST /v1/complete is not served');
  });

  it('fails a test that would have it answer what the API never answers', async () => {
    await using api = await fakeMessagesApi(inTurn({ says: [{ text: 'Hi.' }], usage: { input: Number.NaN } }));
    const client = new Anthropic({ apiKey: 'none', baseURL: api.url, maxRetries: 0, logLevel: 'off' });
    await expect(client.messages.create({ ...good, messages: [{ role: 'user', content: 'Hi.' }] })).rejects.toThrow(
      /418.*not of the API: message\/usage\/input_tokens must be number/,
    );
  });

  it('judges events and errors too', () => {
    expect(judge('event', { type: 'message_stop' })).toBeUndefined();
    expect(judge('event', { type: 'message_halt' })).toMatch(/^event/);
    expect(judge('error', { type: 'error', error: { type: 'sad', message: '' }, request_id: null })).toMatch(/type/);
  });
});
