import type { Outcome } from './channel.ts';

/** What came back, or why nothing did. */
export type Answer = { status: number; body: string; retryAfterMs: number | undefined };

/** Most of an answer that is read, in characters. */
const bodyLimit = 2_000;

/** Failures before anything of the request was sent: codes of Node and of its HTTP client. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
]);

/** Posts JSON once, follows no redirect, and tells what came back; `title` names the other side in sentences. */
export async function postJson(
  title: string,
  url: URL,
  body: unknown,
  timeoutMs: number,
): Promise<Answer | Extract<Outcome, { is: 'later' | 'unknown' }>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'yagura' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status, headers } = response;
    const text = await firstOf(response);
    return { status, body: text, retryAfterMs: retryAfter(headers.get('retry-after'), Date.now()) };
  } catch (error) {
    return unanswered(title, error, timeoutMs);
  }
}

/** What an answer means, where the status says it all. */
export function outcomeOf(title: string, { status, body, retryAfterMs }: Answer): Outcome {
  if (status >= 200 && status < 300) return { is: 'sent' };
  const sentence = `${title} answered ${status}${wordsOf(body)}`;
  if (status === 429 || status === 408 || status >= 500) {
    return { is: 'later', sentence, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
  }
  return { is: 'refused', sentence };
}

/** A short answer in plain words, such as `no_service`; anything else is left out, since it may repeat the address. */
export function wordsOf(body: string): string {
  const text = body.trim();
  return /^[A-Za-z][\w ,.'()-]{0,99}$/.test(text) && !/\w{24}/.test(text.replaceAll('_', ' ')) ? ` (${text})` : '';
}

/** `Retry-After` in milliseconds: seconds or a date. */
function retryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** The beginning of an answer, however long it is. */
async function firstOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    while (text.length < bodyLimit) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
    }
  } catch {
    // The status has said what became of it.
  }
  await reader.cancel().catch(() => undefined);
  return text.slice(0, bodyLimit);
}

function unanswered(title: string, error: unknown, timeoutMs: number): Extract<Outcome, { is: 'later' | 'unknown' }> {
  const code = codeOf(error);
  if (code !== undefined && neverLeft.has(code))
    return { is: 'later', sentence: `${title} cannot be reached (${code})` };
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return { is: 'unknown', sentence: `${title} did not answer within ${timeoutMs / 1_000} s` };
  }
  return { is: 'unknown', sentence: `the connection to ${title} broke before an answer${code ? ` (${code})` : ''}` };
}

function codeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = inner && typeof inner === 'object' && 'code' in inner ? inner.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}
