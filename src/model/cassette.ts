import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Middleware } from '@anthropic-ai/sdk';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { ModelError } from '../ports/model.ts';
import { joinDeltas, maskJson, type StreamedEvent } from './cassette-mask.ts';

/** One whole answer; of a request no header is kept, so no key is. */
interface Recorded {
  request: unknown;
  answer: { message: unknown } | { events: StreamedEvent[] };
}

/**
 * Middleware for `createAnthropicModel` that keeps answers in a file, by the SHA-256 of the canonical request. `record`
 * asks the server, and begins the file anew; `replay` asks nobody, and a request the file does not have is a
 * `ModelError('invalid')`. Only whole answers are kept, with secrets masked in request and answer.
 */
export function cassette(file: string, mode: 'record' | 'replay'): Middleware {
  return mode === 'record' ? recorder(file) : player(file);
}

function recorder(file: string): Middleware {
  const kept = new Map<string, Recorded>();
  return async (request, next) => {
    const text = String(request.body);
    const response = await next(request);
    if (!response.ok) return response;
    const said = await response.text();
    const whole = readAnswer(said, response.headers.get('content-type') ?? '');
    if (whole) {
      const secret = request.headers.get('authorization')?.replace(/^Bearer /, '');
      kept.set(sha256(canonicalJson(JSON.parse(text))), masked({ request: JSON.parse(text), answer: whole }, secret));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${JSON.stringify(Object.fromEntries([...kept].sort()), undefined, 2)}\n`);
    }
    return new Response(said, response);
  };
}

function player(file: string): Middleware {
  const kept = existsSync(file)
    ? new Map<string, Recorded>(Object.entries(JSON.parse(readFileSync(file, 'utf8'))))
    : undefined;
  return async (request) => {
    const found = kept?.get(sha256(canonicalJson(JSON.parse(String(request.body)))));
    if (!found) {
      const why = kept ? 'has no answer to this request' : 'does not exist';
      throw new ModelError('invalid', `The cassette ${file} ${why}: record it anew with a key.`);
    }
    const { answer } = found;
    if ('message' in answer) return Response.json(answer.message);
    const text = answer.events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    return new Response(text, { headers: { 'content-type': 'text/event-stream' } });
  };
}

/** The answer when it is whole: a broken one is tried again, and only the last counts. */
function readAnswer(text: string, contentType: string): Recorded['answer'] | undefined {
  try {
    if (!contentType.startsWith('text/event-stream')) {
      const message = JSON.parse(text);
      return message?.type === 'message' ? { message } : undefined;
    }
    const events = [...text.matchAll(/^data: ?(.*)$/gm)].map(([, data = '']): StreamedEvent => JSON.parse(data));
    return events.at(-1)?.type === 'message_stop' ? { events: joinDeltas(events) } : undefined;
  } catch {
    return undefined;
  }
}

/** The record without anything that looks like a secret, and without the key, should a server repeat it. */
function masked(record: Recorded, key: string | undefined): Recorded {
  const text = JSON.stringify(record);
  return maskJson(JSON.parse(key ? text.replaceAll(key, '[secret removed]') : text)) as Recorded;
}
