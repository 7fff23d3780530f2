import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type Anthropic from '@anthropic-ai/sdk';
import { type FakeAnswer, type FakeMessage, wholeMessage } from './answers.ts';
import { judge } from './judge.ts';
import { refusedByModels } from './refused-by-models.ts';
import { streamEvents } from './stream-events.ts';

/** A request as it came over the wire, from 1. */
export interface SeenRequest {
  number: number;
  path: string;
  headers: IncomingHttpHeaders;
  body: Anthropic.MessageCreateParams;
  /** Why it was refused as not of the API, if it was. */
  wrong: string | undefined;
  /** Resolves when all is sent that will be. */
  sent: Promise<void>;
  /** Resolves when the client is gone before the answer was whole. */
  left: Promise<void>;
}

export interface FakeMessagesApi extends AsyncDisposable {
  /** To be used as `ANTHROPIC_BASE_URL`. */
  url: string;
  requests: SeenRequest[];
}

/**
 * The Messages API on a port of its own, answering as the handler says. Requests the SDK's types or current models do
 * not allow are answered with 400, whatever the handler says; answers that the types do not allow are an error of the test.
 */
export async function fakeMessagesApi(
  handler: (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeMessagesApi> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const sent = Promise.withResolvers<void>();
    const seen = { ...(await readRequest(incoming, response, requests.length + 1)), sent: sent.promise };
    requests.push(seen);
    if (seen.wrong) return sendError(response, { status: 400, error: 'invalid_request_error', message: seen.wrong });
    try {
      await send(await handler(seen), seen, response);
      sent.resolve();
    } catch (error) {
      sendError(response, { status: 418, error: 'api_error', message: `the fake: ${String(error)}` });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  number: number,
): Promise<Omit<SeenRequest, 'sent'>> {
  const left = new Promise<void>((resolve) => {
    response.on('close', () => {
      if (!response.writableFinished) resolve();
    });
  });
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const path = incoming.url ?? '';
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  const place =
    incoming.method === 'POST' && path === '/v1/messages' ? undefined : `${incoming.method} ${path} is not served`;
  const wrong = place ?? judge('request', body) ?? refusedByModels(body);
  return { number, path, headers: incoming.headers, body, wrong, left };
}

async function send(answer: FakeAnswer, seen: SeenRequest, response: ServerResponse): Promise<void> {
  if ('hang' in answer) return;
  if ('cut' in answer) return void response.destroy();
  if ('error' in answer) return sendError(response, answer);
  if ('raw' in answer) {
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    return void response.end(answer.raw);
  }
  const message = wholeMessage(answer, seen.body.model, seen.number);
  if (!answer.says.some((block) => 'strange' in block)) must(judge('message', message));
  return seen.body.stream ? sendStream(answer, message, response) : sendJson(answer, message, response);
}

async function sendStream(answer: FakeMessage, message: Anthropic.Message, response: ServerResponse): Promise<void> {
  const events = streamEvents(answer, message);
  for (const { event, strange } of events) if (!strange) must(judge('event', event));
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const sent = events.slice(0, answer.breaks?.after);
  await write(response, sent.map(({ event }) => sse(event.type, event)).join(''));
  if (answer.breaks?.by === 'hang') return;
  if (answer.breaks?.by === 'cut') return void response.destroy();
  if (answer.breaks?.by === 'overloaded') {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' }, request_id: null };
    must(judge('error', error));
    await write(response, sse('error', error));
  }
  response.end();
}

async function sendJson(answer: FakeMessage, message: Anthropic.Message, response: ServerResponse): Promise<void> {
  const text = JSON.stringify(message);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (!answer.breaks) return void response.end(text);
  await write(response, text.slice(0, answer.breaks.after));
  if (answer.breaks.by !== 'hang') response.destroy();
}

function sendError(response: ServerResponse, answer: Extract<FakeAnswer, { error: string }>): void {
  const body = {
    type: 'error',
    error: { type: answer.error, message: answer.message ?? 'told to' },
    request_id: 'req_1',
  };
  must(judge('error', body));
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(body));
}

function sse(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Resolves when the bytes left, so that what comes after them really comes after. */
function write(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => response.write(text, () => resolve()));
}

function must(wrong: string | undefined): void {
  if (wrong) throw new Error(`the answer is not of the API: ${wrong}`);
}
