import { generateKeyPairSync } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { sign } from '@octokit/webhooks-methods';
import { afterEach, expect, test } from 'vitest';
import type { Delivery } from '../../src/github/delivery.ts';
import { createWebhookHandler } from '../../src/github/webhooks.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const oldSecret = 'the-old-secret-of-2025';
const newSecret = 'the-new-secret-of-2026';
const payload = { action: 'created', installation: { id: 7 }, repository: { id: 9 }, comment: { body: 'héllo 櫓' } };
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve));
  server = undefined;
});

async function serve(onDelivery: (delivery: Delivery) => Promise<void>): Promise<string> {
  const handler = createWebhookHandler({
    settings: {
      apiUrl: 'http://localhost:9/api/v3',
      appId: 1,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      webhookSecrets: [oldSecret, newSecret],
    },
    onDelivery,
  });
  const listening = createServer((request, response) => void handler(request, response));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/github/webhooks`;
}

async function post(url: string, body: string, headers: Record<string, string> = {}, secret = oldSecret) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'issue_comment',
      'x-github-delivery': 'guid-1',
      'x-hub-signature-256': body === '' ? '' : await sign(secret, body),
      ...headers,
    },
  });
  return { status: response.status, text: await response.text() };
}

test('a signed delivery is persisted, then answered 202', async () => {
  const persisted: Delivery[] = [];
  const url = await serve(async (delivery) => {
    await new Promise(setImmediate);
    persisted.push(delivery);
  });
  expect(await post(url, JSON.stringify(payload))).toEqual({ status: 202, text: 'persisted\n' });
  expect(persisted).toEqual([
    { guid: 'guid-1', event: 'issue_comment', action: 'created', installationId: 7, repositoryId: 9, payload },
  ]);
});

test('while rotating, either secret signs', async () => {
  const guids: string[] = [];
  const url = await serve(async (delivery) => void guids.push(delivery.guid));
  const body = JSON.stringify(payload);
  expect((await post(url, body, { 'x-github-delivery': 'by-old' }, oldSecret)).status).toBe(202);
  expect((await post(url, body, { 'x-github-delivery': 'by-new' }, newSecret)).status).toBe(202);
  expect(guids).toEqual(['by-old', 'by-new']);
});

test('a forged, missing or misplaced signature is refused, and nothing is persisted', async () => {
  const url = await serve(async () => expect.unreachable('a forged delivery was persisted'));
  const body = JSON.stringify(payload);
  expect((await post(url, body, {}, 'development')).status).toBe(401);
  expect((await post(url, body, { 'x-hub-signature-256': '' })).status).toBe(401);
  expect((await post(url, body, { 'x-hub-signature-256': await sign(oldSecret, `${body} `) })).status).toBe(401);
  expect((await post(url, '')).status).toBe(401);
});

test('what is signed but no delivery is refused with a reason', async () => {
  const url = await serve(async () => expect.unreachable('half a delivery was persisted'));
  const body = JSON.stringify(payload);
  expect((await post(url, body, { 'x-github-delivery': '' })).text).toMatch(/no X-GitHub-Delivery/);
  expect((await post(url, body, { 'x-github-event': 'Not An Event' })).text).toMatch(/no X-GitHub-Event/);
  expect(await post(url, '{"broken')).toEqual({ status: 400, text: 'the body is not a webhook payload in JSON\n' });
  expect((await post(url, body, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
  expect((await fetch(url)).status).toBe(405);
});

test('a body beyond 25 MB is refused before it is all read', async () => {
  const url = await serve(async () => expect.unreachable('an oversized delivery was persisted'));
  const chunk = new Uint8Array(1024 * 1024);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1;
      if (sent > 200) controller.close();
      else controller.enqueue(chunk);
    },
  });
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': 'sha256=00' };
  const status = await fetch(url, { method: 'POST', body, headers, duplex: 'half' } as RequestInit).then(
    (response) => response.status,
    () => 'cut',
  );
  expect([413, 'cut']).toContain(status);
  expect(sent).toBeLessThan(200);
});

test('a delivery that cannot be persisted is answered 500, so that the forge shows it as failed', async () => {
  let fail = true;
  const url = await serve(async () => {
    if (fail) throw new Error('the database is away');
  });
  const first = await post(url, JSON.stringify(payload));
  expect(first).toEqual({ status: 500, text: 'not persisted\n' });
  fail = false;
  expect((await post(url, JSON.stringify(payload))).status).toBe(202);
});
