import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { z } from 'zod';
import { everyLanguage } from '../domain/locale.ts';
import { storable } from '../domain/storable.ts';
import { forgeWords } from '../messages/forge.ts';
import type { RequestsLeft } from '../ports/alert-lists.ts';
import { ForgeError } from '../ports/forge.ts';
import { createAppJwt } from './app-jwt.ts';
import { type ConditionalCache, createConditionalCache } from './conditional-cache.ts';
import { toForgeError } from './to-forge-error.ts';
import { createTokenCache, type TokenCache } from './token-cache.ts';

export interface ClientOptions {
  /** Without a trailing slash. */
  apiUrl: string;
  appId: number;
  /** PEM. */
  privateKey: string;
  userAgent: string;
  fetch?: typeof fetch;
  /** The forge's clock; installation tokens expire by it. The app's own JWT goes by the machine's, as the forge judges it. */
  now?: () => Date;
  /** Milliseconds a request may take, 15 s when not given. */
  timeout?: number;
  /** Milliseconds before the second and the third try of a read, 200 and 600 when not given. */
  retryDelays?: [number, number];
}

/** One REST call; `headers` are to be passed on with the parameters. */
type Call = (octokit: Octokit, headers: Record<string, string>) => Promise<Answer>;
type Answer = { status: number; data: unknown; headers: Record<string, string | number | undefined> };

/** Octokit with one error class, a timeout, and reads that are retried; writes are sent once. */
export interface Client {
  /** The app it speaks for. */
  appId: number;
  /** A call that changes nothing: sent up to three times. */
  read<T>(shape: z.ZodType<T>, call: Call): Promise<T>;
  /** A read that is free while nothing changed (ETag). `key` names the exact request. */
  poll<T>(key: string, shape: z.ZodType<T>, call: Call): Promise<T>;
  /** One page and the `Link` header that leads on; free while nothing changed when it has a `key`. */
  page<T>(key: string | undefined, shape: z.ZodType<T>, call: Call): Promise<{ data: T; link: string | undefined }>;
  /** A call that changes something. Sent once. */
  write<T>(shape: z.ZodType<T>, call: Call): Promise<T>;
  /** What the last answer said is left of this hour's requests. */
  requestsLeft(): RequestsLeft | undefined;
}

/** Answers kept: one look at the lists of alerts asks for up to 600, and for 50 pages of repositories. */
const answersKept = 1024;

/** Speaks as the app itself (JWT), or as one of its installations. */
export function createClient(options: ClientOptions, installationId?: number): Client {
  const now = options.now ?? (() => new Date());
  const tokens = createTokenCache(now);
  const octokit = createOctokit(options, tokens, installationId);
  const seen = createConditionalCache(answersKept);
  const delays = options.retryDelays ?? [200, 600];
  let budget: Budget | undefined;
  const polled = (key: string, call: Call) => poll(seen, key, (h) => retried(delays, () => send(call, false, h)));

  async function send(call: Call, write: boolean, headers: Record<string, string>) {
    try {
      const answer = await call(octokit, headers);
      budget = leftOf(answer.headers, now()) ?? budget;
      return received(answer);
    } catch (error) {
      const failure = toForgeError(error, { write, now: now(), installation: installationId });
      // A token taken back early; a 401 means nothing was done.
      if (failure.reason !== 'unauthorized' || installationId === undefined) throw failure;
      tokens.clear();
      return await call(octokit, headers)
        .then(received)
        .catch((again: unknown) => {
          throw toForgeError(again, { write, now: now(), installation: installationId });
        });
    }
  }

  return {
    appId: options.appId,
    read: async (shape, call) => check(shape, (await retried(delays, () => send(call, false, {}))).data, false),
    poll: async (key, shape, call) => check(shape, (await polled(key, call)).data, false),
    async page(key, shape, call) {
      const answer =
        key === undefined ? asPage(await retried(delays, () => send(call, false, {}))) : await polled(key, call);
      return { data: check(shape, answer.data, false), link: answer.link };
    },
    write: async (shape, call) => check(shape, (await send(call, true, {})).data, true),
    requestsLeft: () => (budget && budget.until > now() ? { left: budget.left, limit: budget.limit } : undefined),
  };
}

/**
 * An answer in texts that can be kept. A redirect is not followed: it may lead to a renamed repository, which is found again by its number, or to an issue
 * that was transferred, and following would read or write in a repository that is not ours.
 */
function received(answer: Answer): Answer {
  if (answer.status < 300 || answer.status > 399) return { ...answer, data: storable(answer.data) };
  const { status } = answer;
  throw new ForgeError(
    'not-found',
    everyLanguage((language) => forgeWords(language).moved(status)),
    { status },
  );
}

async function poll(
  seen: ConditionalCache,
  key: string,
  call: (headers: Record<string, string>) => Promise<Answer>,
): Promise<Page> {
  const known = seen.get(key);
  try {
    const answer = await call(known ? { 'if-none-match': known.etag } : {});
    const page = asPage(answer);
    if (typeof answer.headers.etag === 'string') seen.set(key, { etag: answer.headers.etag, ...page });
    return page;
  } catch (error) {
    if (known && error instanceof ForgeError && error.status === 304) return { data: known.data, link: known.link };
    throw error;
  }
}

interface Page {
  data: unknown;
  link: string | undefined;
}

function asPage({ data, headers }: Answer): Page {
  return { data, link: typeof headers.link === 'string' ? headers.link : undefined };
}

interface Budget extends RequestsLeft {
  until: Date;
}

/** What the headers say of the hour's requests; undefined where the server counts none, or not these (GraphQL). */
function leftOf(headers: Answer['headers'], now: Date): Budget | undefined {
  if ((headers['x-ratelimit-resource'] ?? 'core') !== 'core') return undefined;
  const [left, limit, reset] = ['remaining', 'limit', 'reset'].map((name) => Number(headers[`x-ratelimit-${name}`]));
  if (left === undefined || limit === undefined || Number.isNaN(left) || Number.isNaN(limit)) return undefined;
  return { left, limit, until: new Date(reset ? reset * 1000 : now.getTime() + 3_600_000) };
}

/** Tried again after 5xx and network failures; longer outages are the caller's to wait out. */
async function retried<T>(delays: readonly number[], read: () => Promise<T>): Promise<T> {
  for (const delay of delays) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ForgeError) || error.reason !== 'unavailable') throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
  return read();
}

function check<T>(shape: z.ZodType<T>, data: unknown, write: boolean): T {
  const result = shape.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = issue ? `${issue.path.join('.') || 'the answer'}: ${issue.message}` : 'no reason';
  throw new ForgeError(
    write ? 'unknown' : 'unavailable',
    everyLanguage((language) => forgeWords(language).notUnderstood(where)),
  );
}

function createOctokit(options: ClientOptions, cache: TokenCache, installationId?: number): Octokit {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  return new Octokit({
    authStrategy: createAppAuth,
    auth: {
      appId: options.appId,
      createJwt: createAppJwt(options.privateKey, () => new Date()),
      cache,
      log: quiet,
      ...(installationId === undefined ? {} : { installationId }),
    },
    baseUrl: options.apiUrl,
    userAgent: options.userAgent,
    log: quiet,
    request: { fetch: timedFetch(options.fetch ?? fetch, options.timeout ?? 15_000), redirect: 'manual' },
  });
}

function timedFetch(send: typeof fetch, timeout: number): typeof fetch {
  return (input, init) => send(input, { ...init, signal: AbortSignal.timeout(timeout) });
}
