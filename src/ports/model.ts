import type Anthropic from '@anthropic-ai/sdk';
import type { z } from 'zod';
import { SaidError } from '../domain/error.ts';
import type { EveryLanguage } from '../domain/locale.ts';
import type { ModelUsage, Tier } from '../domain/model.ts';

/** The Messages API's own words, so that nobody else needs to name the SDK. */
export type Message = Anthropic.MessageParam;
export type TextBlock = Anthropic.TextBlockParam;
export type ContentBlock = Anthropic.ContentBlock;
export type GivenBlock = Anthropic.ContentBlockParam;
export type ToolCall = Anthropic.ToolUseBlock;
export type ToolCallResult = Anthropic.ToolResultBlockParam;
export type OfferedTool = Anthropic.Tool;

/** One request to a model, in the words of the Messages API. */
export interface ModelRequest {
  tier: Tier;
  /** The whole of what the model is told to be; never holds text of others. */
  system: string;
  messages: Message[];
  tools: OfferedTool[];
  maxTokens: number;
  /** Tries of this request that may be paid for, at most; one unless told. */
  paidTries?: number;
  /** The shape the answer must have; the caller checks it again, since not every server does. */
  output?: z.ZodType;
}

export interface ModelReply {
  /** The model that answered. */
  model: string;
  content: ContentBlock[];
  stopReason: Anthropic.StopReason | null;
  /** Why it refused, where it says so. */
  refusal?: string;
  usage: ModelUsage;
}

/** Why there is no reply. What is worth another try was tried again before. */
export class ModelError extends SaidError {
  readonly reason: 'overloaded' | 'unauthorized' | 'invalid' | 'unreachable' | 'aborted';

  constructor(reason: ModelError['reason'], sentence: string | EveryLanguage, cause?: unknown) {
    super(sentence, cause);
    this.name = 'ModelError';
    this.reason = reason;
  }
}

/** A model behind the Messages API. It holds one secret, its key. */
export interface Model {
  /** One request, one reply; the one place that tries again. Throws `ModelError`. */
  turn(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}
