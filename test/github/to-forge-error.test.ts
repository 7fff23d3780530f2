import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Client, createClient } from '../../src/github/client.ts';
import { toForgeError } from '../../src/github/to-forge-error.ts';
import { forgeErrorOf } from './adapter-in-test.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const now = new Date('2026-03-01T12:00:00Z');
const reset = String(now.getTime() / 1000 + 90);

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers everything one way, and the real client on it. */
async function against(answer: Answer, timeout = 5000, installation?: number) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume().on('end', () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const apiUrl = `http://127.0.0.1:${port}`;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const options = {
    apiUrl,
    appId: 1,
    privateKey: pem,
    userAgent: 'test',
    now: () => now,
    timeout,
    retryDelays: [1, 1] as [number, number],
  };
  return { client: createClient(options, installation), asked: () => asked, close, [Symbol.asyncDispose]: close };
}

const write = (client: Client) =>
  client.write(z.unknown(), (octokit) =>
    octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: 1 }),
  );
const read = (client: Client) =>
  client.read(z.unknown(), (octokit, headers) => octokit.request('GET /app', { headers }));

const json = (status: number, message: string, headers: Record<string, string> = {}): Answer => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ message }));
  };
};

describe('a refused write is mapped', () => {
  test.each<[string, Answer, { reason: string; status: number; retryAfter?: number | undefined }]>([
    ['bad credentials', json(401, 'Bad credentials'), { reason: 'unauthorized', status: 401 }],
    ['a missing permission', json(403, 'Resource not accessible'), { reason: 'forbidden', status: 403 }],
    ['nothing there', json(404, 'Not Found'), { reason: 'not-found', status: 404 }],
    ['issues switched off', json(410, 'Issues are disabled'), { reason: 'not-found', status: 410 }],
    ['a conflict', json(409, 'Git Repository is empty.'), { reason: 'conflict', status: 409 }],
    ['a bad value', json(422, 'Validation Failed'), { reason: 'validation', status: 422 }],
    ['bad JSON', json(400, 'Problems parsing JSON'), { reason: 'validation', status: 400 }],
    [
      'the secondary limit with a wait',
      json(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '60' }),
      { reason: 'secondary-limit', status: 403, retryAfter: 60 },
    ],
    [
      'the secondary limit without a wait',
      json(403, 'You have exceeded a secondary rate limit.', { 'x-ratelimit-remaining': '4000' }),
      { reason: 'secondary-limit', status: 403, retryAfter: undefined },
    ],
    [
      'the old abuse limit',
      json(403, 'You have triggered an abuse detection mechanism.', { 'x-ratelimit-remaining': '0' }),
      { reason: 'secondary-limit', status: 403 },
    ],
    ['429', json(429, 'Too many', { 'retry-after': '7' }), { reason: 'secondary-limit', status: 429, retryAfter: 7 }],
    [
      'the primary limit, waiting until its reset',
      json(403, 'API rate limit exceeded', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }),
      { reason: 'primary-limit', status: 403, retryAfter: 90 },
    ],
    ['500', json(500, 'Oops'), { reason: 'unknown', status: 500 }],
    ['502 with a page instead of JSON', (_, r) => r.writeHead(502).end('<html>'), { reason: 'unknown', status: 502 }],
    ['503', json(503, 'Unavailable'), { reason: 'unknown', status: 503 }],
    ['a cut socket', (request) => request.socket.destroy(), { reason: 'unknown', status: 0 }],
  ])('%s', async (_, answer, expected) => {
    await using on = await against(answer);
    expect(await forgeErrorOf(write(on.client))).toMatchObject(expected);
    expect(on.asked()).toBe(1);
  });

  test.each([[7], [undefined]])(
    'a limit is that of the installation whose token was used: %s',
    async (installation) => {
      await using on = await against(json(429, 'Too many'), undefined, installation);
      expect(await forgeErrorOf(write(on.client))).toMatchObject({ reason: 'secondary-limit', installation });
    },
  );

  test('no answer in time is unknown', async () => {
    await using on = await against(() => undefined, 60);
    expect(await forgeErrorOf(write(on.client))).toMatchObject({ reason: 'unknown' });
    expect(on.asked()).toBe(1);
  });

  test('nobody listening means nothing was sent', async () => {
    const on = await against(json(200, ''));
    await on.close();
    expect(await forgeErrorOf(write(on.client))).toMatchObject({ reason: 'unavailable' });
  });

  test('what fails while the token is fetched was never written', () => {
    const url = 'https://api.github.com/app/installations/1/access_tokens';
    const failure = Object.assign(new Error('Bad gateway'), {
      status: 502,
      request: { url },
      response: { headers: {} },
    });
    expect(toForgeError(failure, { write: true, now }).reason).toBe('unavailable');
    const elsewhere = Object.assign(failure, { request: { url: 'https://api.github.com/repos/a/b/issues' } });
    expect(toForgeError(elsewhere, { write: true, now }).reason).toBe('unknown');
  });
});

describe('a read', () => {
  test.each<[string, Answer]>([
    ['502', json(502, 'Bad gateway')],
    ['cut sockets', (request) => request.socket.destroy()],
  ])('is tried three times through %s, then unavailable', async (_, answer) => {
    await using on = await against(answer);
    expect(await forgeErrorOf(read(on.client))).toMatchObject({ reason: 'unavailable' });
    expect(on.asked()).toBe(3);
  });

  test('goes through when the second try does', async () => {
    let first = true;
    await using on = await against((request, response) => {
      if (first) request.socket.destroy();
      else json(200, 'fine')(request, response);
      first = false;
    });
    expect(await read(on.client)).toEqual({ message: 'fine' });
  });

  test('is not repeated when the forge said no', async () => {
    await using on = await against(json(404, 'Not Found'));
    expect((await forgeErrorOf(read(on.client))).reason).toBe('not-found');
    expect(on.asked()).toBe(1);
  });
});

test('an answer in another shape is an error that names the field', async () => {
  await using on = await against(json(200, 'fine'));
  const shape = z.looseObject({ id: z.number() });
  const call = on.client.read(shape, (octokit, headers) => octokit.request('GET /app', { headers }));
  expect((await forgeErrorOf(call)).message).toMatch(/shape not understood \(id: /);
});
