import Anthropic from '@anthropic-ai/sdk';
import { maskSecrets } from '../domain/secrets.ts';
import type { ModelError } from '../ports/model.ts';

/** What went wrong with one try. */
export interface Failure {
  reason: ModelError['reason'];
  /** One sentence for the person who must act. Never holds the key. */
  sentence: string;
  /** Set when another try may help. */
  again?: {
    /** Milliseconds the server asks us to wait, when it says so. */
    after: number | undefined;
    /** Whether the server may have worked for us, and count it. */
    begun: boolean;
  };
}

/** Whom a failure was met with; the key is known here so that it can be taken out of what the server says. */
export interface Asked {
  model: string;
  baseUrl: string;
  key: string | undefined;
}

const overloadedTypes = ['overloaded_error', 'rate_limit_error'];
/** Codes of connections that never stood, so that nothing was sent. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const passingTypes = ['api_error', 'timeout_error'];

/** Reads what a try of the SDK threw. `late` when our own limit of time ended it. */
export function readFailure(error: unknown, late: boolean, asked: Asked): Failure {
  const server = new URL(asked.baseUrl).host;
  if (late || error instanceof Anthropic.APIConnectionTimeoutError) {
    const sentence = `The model server ${server} did not answer in time.`;
    return { reason: 'unreachable', sentence, again: { after: undefined, begun: true } };
  }
  if (error instanceof Anthropic.APIConnectionError) {
    const code = codeOf(error);
    const sentence = `The model server ${server} could not be reached${code ? ` (${code})` : ''}: check ANTHROPIC_BASE_URL and the network.`;
    return { reason: 'unreachable', sentence, again: { after: undefined, begun: !unsent.includes(code ?? '') } };
  }
  if (error instanceof Anthropic.APIError) return answered(error, server, asked);
  // What is left broke after the answer began: a cut socket, no message_stop, JSON that ends too early, no message.
  const sentence = `The model server ${server} ended its answer too early.`;
  return { reason: 'unreachable', sentence, again: { after: undefined, begun: true } };
}

/** An answer that says no, or an `error` event in the middle of a stream, which has no status. */
function answered(error: InstanceType<typeof Anthropic.APIError>, server: string, asked: Asked): Failure {
  const { status } = error;
  const said = saying(error, asked.key);
  const told = error.headers?.get('x-should-retry');
  const reason =
    overloadedTypes.includes(error.type ?? '') || status === 429 || status === 529 ? 'overloaded' : undefined;
  const passing =
    reason !== undefined ||
    (status === undefined
      ? passingTypes.includes(error.type ?? '')
      : status === 408 || status === 409 || status >= 500);
  const again = { after: status === undefined ? undefined : waitAsked(error.headers), begun: status === undefined };
  if (told !== 'false' && (passing || told === 'true')) {
    const state = reason ? 'is overloaded or limits us' : 'has a fault';
    return { reason: reason ?? 'unreachable', sentence: `The model server ${server} ${state}${said}.`, again };
  }
  if (reason)
    return { reason, sentence: `The model server ${server} limits us, and says that waiting does not help${said}.` };
  return refused(error, server, said, asked);
}

function refused(error: InstanceType<typeof Anthropic.APIError>, server: string, said: string, asked: Asked): Failure {
  const { status, type } = error;
  if (status === 401 || type === 'authentication_error') {
    return {
      reason: 'unauthorized',
      sentence: `The model server ${server} refused the key: check ANTHROPIC_API_KEY${said}.`,
    };
  }
  if (status === 402 || status === 403 || type === 'permission_error' || type === 'billing_error') {
    const sentence = `The key in ANTHROPIC_API_KEY may not use the model ${asked.model} at ${server}${said}.`;
    return { reason: 'unauthorized', sentence };
  }
  if (status === 404 || type === 'not_found_error') {
    const sentence = `The server ${server} has no model ${asked.model}, or no /v1/messages: check YAGURA_MODEL and ANTHROPIC_BASE_URL${said}.`;
    return { reason: 'invalid', sentence };
  }
  const code = status === undefined ? '' : ` (HTTP ${status})`;
  return { reason: 'invalid', sentence: `The model server ${server} refused the request${code}${said}.` };
}

/** What the server says for itself: without the key or anything shaped like a secret, on one line, cut. */
function saying(error: InstanceType<typeof Anthropic.APIError>, key: string | undefined): string {
  const text = (error.apiMessage ?? '').slice(0, 2_000);
  const masked = maskSecrets(key ? text.replaceAll(key, '[secret removed]') : text);
  const line = masked
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  if (line === '') return '';
  return ` — it says: ${line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line}`;
}

/** Milliseconds of `retry-after-ms` or `retry-after` (seconds, or a date). */
function waitAsked(headers: Headers | undefined): number | undefined {
  const ms = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (ms > 0) return ms;
  const after = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(after);
  if (seconds > 0) return seconds * 1000;
  const until = Date.parse(after) - Date.now();
  return until > 0 ? until : undefined;
}

function codeOf(error: Error): string | undefined {
  let cause: unknown = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = cause.cause;
  }
  return undefined;
}
