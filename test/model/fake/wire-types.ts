import type Anthropic from '@anthropic-ai/sdk';

/** What goes over the wire, in the SDK's own types: the root from which `scripts/model-schemas.ts` makes the schemas. */
export interface Wire {
  request: Anthropic.MessageCreateParams;
  message: Anthropic.Message;
  event: Anthropic.RawMessageStreamEvent;
  error: Anthropic.ErrorResponse;
}
