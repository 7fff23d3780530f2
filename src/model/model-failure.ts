import Anthropic from '@anthropic-ai/sdk';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import { maskSecrets } from '../domain/secrets.ts';
import { modelFailureWords } from '../messages/model-failure.ts';
import type { ModelError } from '../ports/model.ts';

/** What went wrong with one try. */
export interface Failure {
  reason: ModelError['reason'];
  /** One sentence for the person who must act. Never holds the key. */
  sentence: EveryLanguage;
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

type Words = ReturnType<typeof modelFailureWords>;

const inEach = (say: (words: Words) => string): EveryLanguage =>
  everyLanguage((language) => say(modelFailureWords(language)));

const overloadedTypes = ['overloaded_error', 'rate_limit_error'];
/** Codes of connections that never stood, so that nothing was sent. */
const unsent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];
const passingTypes = ['api_error', 'timeout_error'];

/** Reads what a try of the SDK threw. `late` when our own limit of time ended it. */
export function readFailure(error: unknown, late: boolean, asked: Asked): Failure {
  const server = new URL(asked.baseUrl).host;
  if (late || error instanceof Anthropic.APIConnectionTimeoutError) {
    const sentence = inEach((words) => words.late(server));
    return { reason: 'unreachable', sentence, again: { after: undefined, begun: true } };
  }
  if (error instanceof Anthropic.APIConnectionError) {
    const code = codeOf(error);
    const sentence = inEach((words) => words.unreachable(server, code));
    return { reason: 'unreachable', sentence, again: { after: undefined, begun: !unsent.includes(code ?? '') } };
  }
  if (error instanceof Anthropic.APIError) return answered(error, server, asked);
  // What is left broke after the answer began: a cut socket, no message_stop, JSON that ends too early, no message.
  const sentence = inEach((words) => words.early(server));
  return { reason: 'unreachable', sentence, again: { after: undefined, begun: true } };
}

/** An answer that says no, or an `error` event in the middle of a stream, which has no status. */
function answered(error: InstanceType<typeof Anthropic.APIError>, server: string, asked: Asked): Failure {
  const { status } = error;
  const said = saying(error, asked.key);
  const says = (words: Words) => (said === '' ? '' : words.says(said));
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
    const sentence = inEach((words) => (reason ? words.overloaded : words.fault)(server, says(words)));
    return { reason: reason ?? 'unreachable', sentence, again };
  }
  if (reason) return { reason, sentence: inEach((words) => words.limits(server, says(words))) };
  return refused(error, server, says, asked);
}

function refused(
  error: InstanceType<typeof Anthropic.APIError>,
  server: string,
  says: (words: Words) => string,
  { model }: Asked,
): Failure {
  const { status, type } = error;
  if (status === 401 || type === 'authentication_error') {
    return { reason: 'unauthorized', sentence: inEach((words) => words.key(server, says(words))) };
  }
  if (status === 402 || status === 403 || type === 'permission_error' || type === 'billing_error') {
    return { reason: 'unauthorized', sentence: inEach((words) => words.mayNot(model, server, says(words))) };
  }
  if (status === 404 || type === 'not_found_error') {
    return { reason: 'invalid', sentence: inEach((words) => words.noModel(model, server, says(words))) };
  }
  return { reason: 'invalid', sentence: inEach((words) => words.refused(server, status, says(words))) };
}

/** What the server says for itself: without the key or anything shaped like a secret, on one line, cut. */
function saying(error: InstanceType<typeof Anthropic.APIError>, key: string | undefined): string {
  const text = (error.apiMessage ?? '').slice(0, 2_000);
  const masked = maskSecrets(key ? text.replaceAll(key, '[secret removed]') : text);
  const line = masked
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  return line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line;
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
