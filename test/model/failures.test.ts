import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeAnswer, inTurn } from './fake/answers.ts';
import type { SeenRequest } from './fake/fake-messages-api.ts';
import { ask, modelInTest } from './model-in-test.ts';

const good = { says: [{ text: 'Benign.' }] };
const output = z.object({ verdict: z.string() });
const limited = (headers: Record<string, string> = {}) =>
  ({ status: 429, error: 'rate_limit_error', message: 'Slow down.', headers }) as const;
const overloaded = { status: 529, error: 'overloaded_error', headers: { 'retry-after-ms': '70' } } as const;
const broken = (by: 'cut' | 'overloaded' | 'end', after = 5) => ({
  says: [{ text: 'A longer answer.' }],
  breaks: { after, by },
});

// Answers that never end.
const standing: [answer: FakeAnswer, request: object, name: string][] = [
  [{ hang: true }, {}, 'while the server thinks'],
  [{ ...good, breaks: { after: 4, by: 'hang' } }, {}, 'within a stream'],
  [{ ...good, breaks: { after: 40, by: 'hang' } }, { output }, 'within JSON'],
];

describe('a try that fails', () => {
  const passing: [name: string, answer: FakeAnswer, request: object][] = [
    ['429', limited({ 'retry-after-ms': '50' }), {}],
    ['429 for JSON', limited({ 'retry-after': '2' }), { output }],
    ['529', overloaded, {}],
    ['500', { status: 500, error: 'api_error' }, {}],
    ['502 of a proxy', { raw: '<h1>Bad gateway</h1>', status: 502, headers: { 'content-type': 'text/html' } }, {}],
    ['408', { status: 408, error: 'timeout_error' }, {}],
    ['a socket cut before the answer', { cut: true }, {}],
    ['a socket cut within the stream', broken('cut'), {}],
    ['a socket cut within the JSON', broken('cut', 40), { output }],
    ['overloaded in mid-stream', broken('overloaded'), {}],
    ['a stream without message_stop', broken('end', -1), {}],
    ['a stream that ends before it began', broken('end', 0), {}],
    ['JSON that is no message', { raw: '{"detail":"moved"}' }, { output }],
    ['HTML that is no message', { raw: '<html></html>', headers: { 'content-type': 'text/html' } }, { output }],
  ];
  for (const [name, answer, request] of passing) {
    it(`by ${name} is tried once more, and the answer is the second one's`, async () => {
      await using test = await modelInTest(inTurn(answer, good));
      const reply = await test.turn(request);
      expect(reply.content).toMatchObject([{ type: 'text', text: 'Benign.' }]);
      expect(test.api.requests).toHaveLength(2);
      expect(test.api.requests[1]?.body).toEqual(test.api.requests[0]?.body);
      expect(test.waits).toHaveLength(1);
    });
  }

  it('waits as long as the server asks, and else longer each time, never in step with others', async () => {
    await using told = await modelInTest(
      inTurn(limited({ 'retry-after-ms': '50' }), limited({ 'retry-after': '2' }), overloaded, good),
    );
    await told.turn();
    expect(told.waits).toEqual([50, 2000, 70]);
    await using untold = await modelInTest(inTurn(limited(), limited(), limited(), limited(), good));
    await untold.turn();
    const steps = [500, 1000, 2000, 4000];
    expect(untold.waits).toHaveLength(steps.length);
    for (const [index, step] of steps.entries()) {
      expect(untold.waits[index]).toBeGreaterThanOrEqual(step / 2);
      expect(untold.waits[index]).toBeLessThanOrEqual(step);
    }
    expect(new Set(untold.waits.map((wait, index) => wait / (steps[index] ?? 1))).size).toBeGreaterThan(1);
  });

  it('may have cost what its stream counted and the longest answer, which is in the usage of the reply', async () => {
    const dear = { ...broken('end'), usage: { input: 900, cacheWrite: 40 } };
    const cheap = { ...good, usage: { input: 7, output: 5 } };
    await using test = await modelInTest(inTurn(dear, cheap));
    const { usage } = await test.turn();
    expect(usage).toEqual({ input: 907, cacheWrite: 40, cacheRead: 0, output: 1005 });
    await using uncounted = await modelInTest(inTurn({ cut: true }, cheap));
    const most = (await uncounted.turn()).usage;
    expect(most).toMatchObject({ input: 7, output: 1005 });
    expect(most.cacheWrite).toBeGreaterThan(200);
    await using free = await modelInTest(inTurn(overloaded, cheap));
    expect((await free.turn()).usage).toEqual({ input: 7, output: 5, cacheRead: 0, cacheWrite: 0 });
  });
});

describe('a turn is given up', () => {
  it('after five requests when the server is overloaded', async () => {
    await using test = await modelInTest(inTurn(overloaded));
    const error = await test.failure();
    expect(error.reason).toBe('overloaded');
    expect(error.message).toMatch(
      /^The model server 127\.0\.0\.1:\d+ is overloaded or limits us — it says: told to\. Given up after 5 tries\.$/,
    );
    expect(test.api.requests).toHaveLength(5);
    expect(test.waits).toHaveLength(4);
  });

  it('after as many that the server may have worked for as are allowed: one unless told, three at most', async () => {
    for (const [paidTries, requests] of [
      [1, 1],
      [2, 2],
      [9, 3],
    ] as const) {
      for (const answer of [broken('cut'), broken('overloaded'), { cut: true } as const]) {
        await using test = await modelInTest(inTurn(answer));
        expect((await test.failure({ paidTries })).reason).toMatch(/unreachable|overloaded/);
        expect(test.api.requests).toHaveLength(requests);
      }
    }
    await using test = await modelInTest(inTurn(broken('end')));
    expect((await test.failure({ paidTries: 3 })).message).toMatch(
      /ended its answer too early\. Given up after 3 tries\.$/,
    );
    await using streams = await modelInTest(inTurn(broken('overloaded')));
    expect((await streams.failure()).reason).toBe('overloaded');
  });

  it('after one that may be paid for when nobody said how many may be', async () => {
    await using test = await modelInTest(inTurn(broken('cut')));
    const { paidTries: _, ...plain } = ask();
    await expect(test.model.turn(plain, new AbortController().signal)).rejects.toThrow(/Given up after 1 try\.$/);
    expect(test.api.requests).toHaveLength(1);
  });

  it('at once when the server asks for more patience than two minutes', async () => {
    await using test = await modelInTest(inTurn(limited({ 'retry-after': '121' })));
    expect((await test.failure()).message).toMatch(/Slow down\. Given up after 1 try\.$/);
    expect(test.waits).toEqual([]);
    await using slow = await modelInTest(inTurn(limited({ 'retry-after': '50' })));
    await slow.failure();
    expect(slow.waits).toEqual([50_000, 50_000]);
  });

  it('when nobody listens there', async () => {
    const test = await modelInTest(inTurn(good));
    await test[Symbol.asyncDispose]();
    const error = await test.failure();
    expect(error.reason).toBe('unreachable');
    expect(error.message).toMatch(
      /could not be reached \(ECONNREFUSED\): check ANTHROPIC_BASE_URL and the network\. Given up after 5 tries\.$/,
    );
  });

  it('when no answer comes within its time, or the answer stands still', async () => {
    for (const [answer, request] of standing) {
      let limit = new AbortController();
      const handler = (seen: SeenRequest) => {
        void seen.sent.then(() => limit.abort());
        return answer;
      };
      await using test = await modelInTest(handler, {
        limit() {
          limit = new AbortController();
          return limit.signal;
        },
      });
      const error = await test.failure(request);
      expect(error.reason).toBe('unreachable');
      expect(error.message).toMatch(/did not answer in time\. Given up after 3 tries\.$/);
      await Promise.all(test.api.requests.map((one) => one.left));
      expect(test.api.requests).toHaveLength(3);
    }
  });
});

describe('what another try does not help', () => {
  const final: [
    status: number,
    error: 'invalid_request_error' | 'authentication_error' | 'permission_error' | 'not_found_error' | 'billing_error',
    reason: string,
    sentence: RegExp,
  ][] = [
    [400, 'invalid_request_error', 'invalid', /refused the request \(HTTP 400\) — it says: no such thing\.$/],
    [
      401,
      'authentication_error',
      'unauthorized',
      /refused the key: check ANTHROPIC_API_KEY — it says: no such thing\.$/,
    ],
    [402, 'billing_error', 'unauthorized', /^The key in ANTHROPIC_API_KEY may not use the model claude-sonnet-5-5 at/],
    [
      403,
      'permission_error',
      'unauthorized',
      /^The key in ANTHROPIC_API_KEY may not use the model claude-sonnet-5-5 at/,
    ],
    [
      404,
      'not_found_error',
      'invalid',
      /has no model claude-sonnet-5-5, or no \/v1\/messages: check YAGURA_MODEL and ANTHROPIC_BASE_URL/,
    ],
    [413, 'invalid_request_error', 'invalid', /refused the request \(HTTP 413\)/],
  ];
  for (const [status, type, reason, sentence] of final) {
    it(`${status} ends the turn after one request, and says who must do what`, async () => {
      await using test = await modelInTest(inTurn({ status, error: type, message: 'no such thing.' }, good));
      const error = await test.failure();
      expect(error.reason).toBe(reason);
      expect(error.message).toMatch(sentence);
      expect(error.said.ja).toMatch(/(?:ました|ません|ください) \(サーバーの応答: no such thing\)。$/);
      expect(test.api.requests).toHaveLength(1);
      expect(test.waits).toEqual([]);
    });
  }

  it('a limit that the server says waiting does not lift ends the turn', async () => {
    await using test = await modelInTest(inTurn(limited({ 'x-should-retry': 'false' }), good));
    expect((await test.failure()).reason).toBe('overloaded');
    expect(test.api.requests).toHaveLength(1);
  });

  it('a redirect is not followed: alerts go only where the settings say', async () => {
    await using elsewhere = await modelInTest(inTurn(good));
    const location = `${elsewhere.api.url}/v1/messages`;
    await using test = await modelInTest(inTurn({ raw: '', status: 307, headers: { location } }));
    const error = await test.failure();
    expect(error.reason).toBe('invalid');
    expect(error.message).toMatch(/HTTP 307/);
    expect(elsewhere.api.requests).toEqual([]);
  });
});

describe('a turn that is stopped', () => {
  it('before it begins asks nothing', async () => {
    await using test = await modelInTest(inTurn(good));
    expect((await test.failure({}, AbortSignal.abort())).reason).toBe('aborted');
    expect(test.api.requests).toEqual([]);
  });

  for (const [answer, request, name] of standing) {
    it(`${name} leaves at once, and does not come back`, async () => {
      const stop = new AbortController();
      await using test = await modelInTest((seen) => {
        void seen.sent.then(() => stop.abort());
        return answer;
      });
      expect((await test.failure(request, stop.signal)).reason).toBe('aborted');
      await test.api.requests[0]?.left;
      expect(test.api.requests).toHaveLength(1);
      expect(test.waits).toEqual([]);
    });
  }

  it('between two tries makes no second one', async () => {
    const stop = new AbortController();
    await using test = await modelInTest(() => {
      stop.abort();
      return overloaded;
    });
    expect((await test.failure({}, stop.signal)).reason).toBe('aborted');
    expect(test.api.requests).toHaveLength(1);
  });
});
