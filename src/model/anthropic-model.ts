import Anthropic, { type Middleware } from '@anthropic-ai/sdk';
import { everyLanguage } from '../domain/locale.ts';
import type { ModelUsage } from '../domain/model.ts';
import { modelFailureWords } from '../messages/model-failure.ts';
import type { Clock } from '../ports/clock.ts';
import { type Model, ModelError, type ModelReply, type ModelRequest } from '../ports/model.ts';
import { type Asked, type Failure, readFailure } from './model-failure.ts';
import type { ServedModel } from './model-settings.ts';
import { addUsage, readReply, readUsage, worstOf } from './read-reply.ts';
import { type RequestBody, requestBody } from './request-body.ts';

/** Most requests of one turn. */
const tries = 5;
/** Most of them that the server may have worked for and counts: an answer that broke off, or never came. */
const paidTries = 3;
/** Milliseconds a turn waits between its tries, all together. */
const totalWait = 120_000;
/** Milliseconds before the second try; doubled for each further one, up to the longest. */
const firstWait = 500;
const longestWait = 16_000;
/** Milliseconds an answer may take, to its end. */
const answerLimit = 300_000;

export interface AnthropicModelOptions {
  sleep: Clock['sleep'];
  /** Sees each request, as a cassette does. */
  middleware?: Middleware[];
  /** Made for each request, and ends it when aborted; after 5 minutes when not given. */
  limit?(): AbortSignal;
}

/** A turn under way. */
interface Turn {
  client: Anthropic;
  body: RequestBody;
  structured: boolean;
  asked: Asked;
  signal: AbortSignal;
  limit(): AbortSignal;
  /** Tries that may be paid for. */
  mayPay: number;
  /** What broken tries cost at most. */
  spent: ModelUsage;
}

const nothing: ModelUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

/**
 * The model of the settings over the Messages API. Tries again here and nowhere else: at most 5 requests a turn (3 of
 * those that may be paid), 2 minutes of waiting in all, 5 minutes a request. What broken tries may have
 * cost is in the reply's usage.
 */
export function createAnthropicModel(settings: ServedModel, options: AnthropicModelOptions): Model {
  const client = createClient(settings, options);
  const limit = options.limit ?? (() => AbortSignal.timeout(answerLimit));
  return {
    async turn(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
      const { model } = settings.tiers[request.tier];
      const asked = { model, baseUrl: settings.baseUrl, key: settings.key };
      const body = requestBody(request, model);
      const structured = request.output !== undefined;
      const mayPay = Math.min(paidTries, request.paidTries ?? 1);
      return takeTurn({ client, body, structured, asked, signal, limit, mayPay, spent: nothing }, options.sleep);
    },
  };
}

/** A key given in code is the SDK's only credential, whatever the environment holds; it logs and traces nothing. */
function createClient(settings: ServedModel, options: AnthropicModelOptions): Anthropic {
  return new Anthropic({
    apiKey: settings.key ?? 'none',
    baseURL: settings.baseUrl,
    webhookKey: null,
    maxRetries: 0,
    // The SDK's own limit ends with the headers; ours, which ends with the answer, comes first.
    timeout: 2 * answerLimit,
    logLevel: 'off',
    openTelemetry: false,
    // A redirect would carry alerts to a server that nobody named.
    fetchOptions: { redirect: 'manual' },
    ...(options.middleware && { middleware: options.middleware }),
  });
}

async function takeTurn(turn: Turn, sleep: Clock['sleep']): Promise<ModelReply> {
  let waited = 0;
  let paid = 0;
  for (let tried = 1; ; tried += 1) {
    const result = await attempt(turn);
    if ('reply' in result) return result.reply;
    const { failure } = result;
    if (!failure.again) throw new ModelError(failure.reason, failure.sentence);
    if (failure.again.begun) paid += 1;
    const wait = failure.again.after ?? backoff(tried);
    if (tried >= tries || paid >= turn.mayPay || waited + wait > totalWait) throw givenUp(failure, tried);
    waited += wait;
    await sleep(wait, turn.signal);
  }
}

async function attempt(turn: Turn): Promise<{ reply: ModelReply } | { failure: Failure }> {
  const limit = turn.limit();
  const options = { signal: AbortSignal.any([turn.signal, limit]) };
  const worst = worstOf(turn.body, turn.body.max_tokens);
  let begun: ModelUsage | undefined;
  try {
    const message = turn.structured
      ? await turn.client.messages.create(turn.body, options)
      : await streamed(turn, options, (usage) => {
          begun = usage;
        });
    const reply = readReply(message, { model: turn.asked.model, worst });
    return { reply: { ...reply, usage: addUsage(reply.usage, turn.spent) } };
  } catch (error) {
    if (turn.signal.aborted) throw aborted();
    const own = ownError(error);
    if (own) throw own;
    const failure = readFailure(error, limit.aborted, turn.asked);
    // What it wrote before it broke off is not told, so it is booked as the longest answer.
    if (failure.again?.begun) turn.spent = addUsage(turn.spent, { ...(begun ?? worst), output: worst.output });
    return { failure };
  }
}

/** The whole message; `begun` hears the tokens counted so far, which a stream that breaks off has cost. */
async function streamed(turn: Turn, options: { signal: AbortSignal }, begun: (usage: ModelUsage) => void) {
  const stream = turn.client.messages.stream(turn.body, options);
  stream.on('streamEvent', (_event, snapshot) => {
    const usage = readUsage(snapshot.usage);
    if (usage) begun(usage);
  });
  return stream.finalMessage();
}

/** What middleware of ours threw, which the SDK hands on as a cause. */
function ownError(error: unknown): ModelError | undefined {
  if (error instanceof ModelError) return error;
  return error instanceof Error ? ownError(error.cause) : undefined;
}

/** Exponential, with jitter so that many turns do not come back at once: half to all of the step. */
function backoff(tried: number): number {
  return Math.min(longestWait, firstWait * 2 ** (tried - 1)) * (0.5 + Math.random() / 2);
}

function givenUp(failure: Failure, tried: number): ModelError {
  return new ModelError(
    failure.reason,
    everyLanguage((language) => modelFailureWords(language).givenUp(failure.sentence[language], tried)),
  );
}

function aborted(): ModelError {
  return new ModelError('aborted', modelFailureWords.table.stopped);
}
