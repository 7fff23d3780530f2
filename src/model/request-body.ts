import type Anthropic from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type { ModelRequest } from '../ports/model.ts';

/** A request without saying whether its answer is streamed. */
export type RequestBody = Omit<Anthropic.MessageCreateParamsNonStreaming, 'stream'>;

/**
 * The request in the words of the Messages API. What stays the same from request to request stands first and is marked
 * to be cached: tools and system, then the first message, which holds the case. Sampling parameters, forced tool
 * choices, prefills and thinking settings are left out: current models refuse them.
 */
export function requestBody(request: ModelRequest, model: string): RequestBody {
  return {
    model,
    max_tokens: request.maxTokens,
    ...(request.system && { system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }] }),
    messages: request.messages.map((message, index) => (index === 0 ? cachedMessage(message) : message)),
    ...(request.tools.length > 0 && { tools: request.tools }),
    ...(request.output && { output_config: { format: outputFormat(request.output) } }),
  };
}

/** The schema alone: an answer that does not match is paid for all the same, so it must reach the caller and not be thrown. */
function outputFormat(output: NonNullable<ModelRequest['output']>): Anthropic.JSONOutputFormat {
  const { type, schema } = zodOutputFormat(output);
  return { type, schema };
}

function cachedMessage(message: Anthropic.MessageParam): Anthropic.MessageParam {
  if (message.role !== 'user') return message;
  const blocks: Anthropic.ContentBlockParam[] =
    typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
  const last = blocks.at(-1);
  if (!last || !isCacheable(last)) return message;
  return { ...message, content: [...blocks.slice(0, -1), { ...last, cache_control: { type: 'ephemeral' } }] };
}

function isCacheable(
  block: Anthropic.ContentBlockParam,
): block is Anthropic.TextBlockParam | Anthropic.ToolResultBlockParam {
  return block.type === 'tool_result' || block.type === 'text';
}
