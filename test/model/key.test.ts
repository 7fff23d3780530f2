import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type FakeAnswer, inTurn } from './fake/answers.ts';
import { key, modelInTest } from './model-in-test.ts';

// What the process writes anywhere, since a library may log behind our back.
let written: string[] = [];
beforeEach(() => {
  written = [];
  const keep = (chunk: unknown) => written.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  for (const name of ['debug', 'log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, name).mockImplementation((...values) => void keep(inspect(values, { depth: 9 })));
  }
  vi.stubEnv('ANTHROPIC_LOG', 'debug');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the key', () => {
  const answers: [name: string, answer: FakeAnswer][] = [
    ['a refusal that repeats it', { status: 401, error: 'authentication_error', message: `invalid key ${key}` }],
    [
      'a refusal that repeats half of it',
      { status: 400, error: 'invalid_request_error', message: `bad ${key.slice(0, -3)}` },
    ],
    ['a fault that repeats the headers', { status: 500, error: 'api_error', message: `Authorization: Bearer ${key}` }],
    ['a cut socket', { cut: true }],
    ['a broken stream', { says: [{ text: 'Hi.' }], breaks: { after: 3, by: 'overloaded' } }],
    ['a good answer', { says: [{ text: 'Hi.' }] }],
  ];
  for (const [name, answer] of answers) {
    it(`is nowhere in what is thrown, returned or logged after ${name}`, async () => {
      await using test = await modelInTest(inTurn(answer));
      const outcome = await test.turn().catch((error: unknown) => error);
      const seen = [
        inspect(outcome, { depth: 20, showHidden: true }),
        inspect(test.model, { depth: 20, showHidden: true }),
        JSON.stringify(outcome),
        ...written,
      ];
      expect(test.api.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
      expect(seen.filter((text) => text.includes(key.slice(0, 20)))).toEqual([]);
    });
  }

  it('is taken out of what a server says, whatever its shape', async () => {
    const own = 'gateway-key-of-team-a';
    const answer = { status: 401, error: 'authentication_error', message: `No such key: ${own}` } as const;
    await using test = await modelInTest(inTurn(answer), { key: own });
    const { message } = await test.failure();
    expect(message).toMatch(/check ANTHROPIC_API_KEY — it says: No such key: \[secret removed\]\.$/);
  });

  it('is the only credential that is used, whatever else the environment holds', async () => {
    vi.stubEnv('ANTHROPIC_API_KEY', 'another-key');
    vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'another-token');
    vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9');
    await using test = await modelInTest(inTurn({ says: [{ text: 'Hi.' }] }));
    await test.turn();
    expect(JSON.stringify(test.api.requests[0]?.headers)).not.toContain('another');
  });
});
