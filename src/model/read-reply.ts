import type Anthropic from '@anthropic-ai/sdk';
import { type ModelUsage, tokensOf, worstUsage } from '../domain/model.ts';
import type { ModelReply } from '../ports/model.ts';
import { modelId } from './model-id.ts';

/**
 * What a server answered, made safe to go on from: a tool call that the answer's limit cut off is left out, since half
 * its input may be missing; tool calls with one id get ids of their own, since each needs its own result. Blocks of
 * kinds we do not know are kept. `worst` is booked where the server counts nothing.
 */
export function readReply(message: Anthropic.Message, asked: { model: string; worst: ModelUsage }): ModelReply {
  if (!Array.isArray(message?.content)) throw new TypeError('The answer is not a message.');
  const details = message.stop_reason === 'refusal' ? message.stop_details : undefined;
  const why = details?.explanation ?? details?.category ?? undefined;
  return {
    model: typeof message.model === 'string' && modelId.test(message.model) ? message.model : asked.model,
    content: ownIds(message.stop_reason === 'max_tokens' ? withoutCutCall(message.content) : message.content),
    stopReason: message.stop_reason ?? null,
    ...(why && { refusal: why.slice(0, 500).toWellFormed() }),
    usage: readUsage(message.usage) ?? asked.worst,
  };
}

/** Tokens as the server counted them; undefined when it counts none, which no answer costs. */
export function readUsage(usage: Partial<Anthropic.Usage> | null | undefined): ModelUsage | undefined {
  const read = {
    input: count(usage?.input_tokens),
    cacheRead: count(usage?.cache_read_input_tokens),
    cacheWrite: count(usage?.cache_creation_input_tokens),
    output: count(usage?.output_tokens),
  };
  return tokensOf(read) > 0 ? read : undefined;
}

/** An upper bound for what a request with this body costs. */
export function worstOf(body: object, maxTokens: number): ModelUsage {
  return worstUsage(Buffer.byteLength(JSON.stringify(body)), maxTokens);
}

/** Two requests' tokens together. */
export function addUsage(one: ModelUsage, other: ModelUsage): ModelUsage {
  return {
    input: one.input + other.input,
    cacheRead: one.cacheRead + other.cacheRead,
    cacheWrite: one.cacheWrite + other.cacheWrite,
    output: one.output + other.output,
  };
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.ceil(value) : 0;
}

function withoutCutCall(content: Anthropic.ContentBlock[]): Anthropic.ContentBlock[] {
  return content.at(-1)?.type === 'tool_use' ? content.slice(0, -1) : content;
}

function ownIds(content: Anthropic.ContentBlock[]): Anthropic.ContentBlock[] {
  const taken = new Set<string>();
  return content.map((block) => {
    if (block.type !== 'tool_use') return block;
    let id = block.id;
    for (let turn = 2; taken.has(id); turn += 1) id = `${block.id}_${turn}`;
    taken.add(id);
    return id === block.id ? block : { ...block, id };
  });
}
