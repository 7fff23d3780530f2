import { everyLanguage } from '../domain/locale.ts';
import { forgeWords } from '../messages/forge.ts';
import { ForgeError } from '../ports/forge.ts';

/** What the mapping needs to know about the call that failed. */
export interface FailedCall {
  /** Whether the request could have changed something. */
  write: boolean;
  now: Date;
  /** Whose token it was sent with. */
  installation?: number | undefined;
}

/** The part of Octokit's `RequestError` that is read; without `response` the forge never answered. */
interface RequestFailure {
  message: string;
  status: number;
  cause?: unknown;
  request?: { url?: string };
  response?: { headers: Record<string, string | number | undefined>; data?: unknown };
}

/** Failures that happen before a connection stands, so that nothing was sent. */
const beforeConnect = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Maps any failure of a REST call to a `ForgeError`.
 * Limits as GitHub documents them: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function toForgeError(error: unknown, call: FailedCall): ForgeError {
  if (error instanceof ForgeError) return error;
  if (!isRequestFailure(error)) {
    return new ForgeError(call.write ? 'unknown' : 'unavailable', `GitHub: ${String(error)}`, { cause: error });
  }
  // The token is fetched before the write is sent: when that fails, nothing was written.
  const write = call.write && !error.request?.url?.endsWith('/access_tokens');
  if (!error.response) return fromNetwork(error, write);
  return fromAnswer(error, error.response, { ...call, write });
}

function fromNetwork(error: RequestFailure, write: boolean): ForgeError {
  const sent = !codesOf(error).some((code) => beforeConnect.has(code));
  const message = everyLanguage((language) => forgeWords(language).noAnswer(error.message));
  return new ForgeError(write && sent ? 'unknown' : 'unavailable', message, { cause: error });
}

function fromAnswer(
  error: RequestFailure,
  response: NonNullable<RequestFailure['response']>,
  call: FailedCall,
): ForgeError {
  const { status } = error;
  const details = { status, cause: error };
  const message = everyLanguage((language) => forgeWords(language).answered(status, error.message));
  if (status === 403 || status === 429) {
    const limit = limitOf(error, response.headers, call.now);
    return limit
      ? new ForgeError(limit.reason, message, { ...details, ...limit, installation: call.installation })
      : new ForgeError('forbidden', message, details);
  }
  if (status >= 500 || status === 408) return new ForgeError(call.write ? 'unknown' : 'unavailable', message, details);
  return new ForgeError(byStatus[status] ?? 'validation', message, details);
}

const byStatus: Record<number, ForgeError['reason']> = {
  401: 'unauthorized',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  422: 'validation',
  451: 'forbidden',
};

function limitOf(
  error: RequestFailure,
  headers: Record<string, string | number | undefined>,
  now: Date,
): { reason: 'primary-limit' | 'secondary-limit'; retryAfter: number | undefined } | undefined {
  const asked = secondsOf(headers['retry-after']);
  if (/secondary rate limit|abuse detection/i.test(error.message))
    return { reason: 'secondary-limit', retryAfter: asked };
  if (secondsOf(headers['x-ratelimit-remaining']) === 0) {
    const reset = secondsOf(headers['x-ratelimit-reset']);
    const left = reset === undefined ? undefined : Math.max(1, Math.ceil(reset - now.getTime() / 1000));
    return { reason: 'primary-limit', retryAfter: asked ?? left };
  }
  if (asked !== undefined || error.status === 429) return { reason: 'secondary-limit', retryAfter: asked };
  return undefined;
}

function secondsOf(value: string | number | undefined): number | undefined {
  const seconds = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}

/** Error codes along the chain of causes; undici puts the system error one level down. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  let at: unknown = error;
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (at instanceof AggregateError) codes.push(...at.errors.flatMap(codesOf));
    at = at.cause;
  }
  return codes;
}

function isRequestFailure(error: unknown): error is Error & RequestFailure {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}
