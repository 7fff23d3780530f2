import type { IncomingMessage, ServerResponse } from 'node:http';
import { verifyWithFallback } from '@octokit/webhooks-methods';
import { type Delivery, readEnvelope } from './delivery.ts';
import { createDispatcher, type DispatcherOptions } from './dispatcher.ts';
import { readBody } from './read-body.ts';

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** GitHub sends no payload larger than this: https://docs.github.com/webhooks/webhook-events-and-payloads */
const MAX_BYTES = 25 * 1024 * 1024;

/**
 * The handler of `POST /api/github/webhooks`. Nothing is parsed before its signature stands, and 202 is answered only
 * once the delivery is persisted; the work itself comes later, since the forge waits ten seconds at most.
 */
export function createWebhookHandler(options: DispatcherOptions): WebhookHandler {
  const dispatch = createDispatcher(options);
  return async (request, response) => {
    const answer = await receive(request, options, dispatch).catch(() => ({ status: 500, body: 'not persisted' }));
    if (response.headersSent || response.destroyed) return;
    // What was not read of a refused body must not be taken for the next request.
    const headers = request.complete ? {} : { connection: 'close' };
    response.writeHead(answer.status, { 'content-type': 'text/plain; charset=utf-8', ...headers });
    response.end(`${answer.body}\n`);
  };
}

async function receive(
  request: IncomingMessage,
  options: DispatcherOptions,
  dispatch: (delivery: Delivery) => Promise<void>,
): Promise<{ status: number; body: string }> {
  if (request.method !== 'POST') return { status: 405, body: 'webhooks are sent by POST' };
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    return { status: 415, body: 'set the webhook\'s content type to "application/json"' };
  }
  const body = await readBody(request, MAX_BYTES);
  if (body === undefined) return { status: 413, body: 'larger than 25 MB' };
  if (!(await isSigned(body, request.headers['x-hub-signature-256'], options.settings.webhookSecrets))) {
    return { status: 401, body: 'the signature does not match WEBHOOK_SECRET' };
  }
  const reading = readEnvelope(request.headers, body);
  if ('refused' in reading) return { status: 400, body: reading.refused };
  await dispatch(reading.delivery);
  return { status: 202, body: 'persisted' };
}

async function isSigned(
  body: string,
  signature: string | string[] | undefined,
  [secret, ...rotating]: [string, ...string[]],
): Promise<boolean> {
  if (body === '' || typeof signature !== 'string' || signature === '') return false;
  return Boolean(await verifyWithFallback(secret, body, signature, rotating));
}
