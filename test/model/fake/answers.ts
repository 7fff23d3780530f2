import type Anthropic from '@anthropic-ai/sdk';

/** A block as the fake tells it; `cut` is a tool call whose JSON ends in the middle, `strange` a kind nobody knows. */
export type FakeBlock =
  | { text: string }
  | { thinking: string }
  | { tool: string; id: string; input: Record<string, unknown> }
  | { tool: string; id: string; cut: string }
  | { strange: { type: string; [key: string]: unknown } };

/** A message, and where its sending breaks: after so many events (of a stream) or bytes (of JSON). */
export interface FakeMessage {
  says: FakeBlock[];
  stop?: Anthropic.StopReason;
  refusal?: { category: Anthropic.RefusalStopDetails['category']; explanation: string | null };
  usage?: { input?: number; output?: number; cacheRead?: number; cacheWrite?: number };
  breaks?: { after: number; by: 'cut' | 'overloaded' | 'end' | 'hang' };
  /** Events of unknown types among the known ones. */
  strangeEvents?: boolean;
}

/** How the fake answers one request. */
export type FakeAnswer =
  | FakeMessage
  | { status: number; error: Anthropic.ErrorType; message?: string; headers?: Record<string, string> }
  | { raw: string; status?: number; headers?: Record<string, string> }
  | { hang: true }
  | { cut: true };

/** Answers in turn; the last one for ever. The form that a scripted investigation has too. */
export function inTurn(...answers: [FakeAnswer, ...FakeAnswer[]]): (request: { number: number }) => FakeAnswer {
  return ({ number }) => answers[Math.min(number, answers.length) - 1] ?? answers[0];
}

/** The whole message, as JSON has it. */
export function wholeMessage(answer: FakeMessage, model: string, number: number): Anthropic.Message {
  const calls = answer.says.some((block) => 'tool' in block);
  const { input = 100, output = 20, cacheRead = 0, cacheWrite = 0 } = answer.usage ?? {};
  return {
    id: `msg_${String(number).padStart(4, '0')}`,
    type: 'message',
    role: 'assistant',
    model,
    content: answer.says.map(contentBlock),
    stop_reason: answer.refusal ? 'refusal' : (answer.stop ?? (calls ? 'tool_use' : 'end_turn')),
    stop_sequence: null,
    stop_details: answer.refusal ? { type: 'refusal', ...answer.refusal } : null,
    container: null,
    diagnostics: null,
    usage: {
      input_tokens: input,
      output_tokens: output,
      cache_read_input_tokens: cacheRead,
      cache_creation_input_tokens: cacheWrite,
      cache_creation: null,
      inference_geo: null,
      output_tokens_details: null,
      server_tool_use: null,
      service_tier: 'standard',
      speed: 'standard',
    },
  };
}

function contentBlock(block: FakeBlock): Anthropic.ContentBlock {
  if ('text' in block) return { type: 'text', text: block.text, citations: null };
  if ('thinking' in block) return { type: 'thinking', thinking: block.thinking, signature: 'c2lnbmVk' };
  // The one lie to the types: what a newer server may send.
  if ('strange' in block) return block.strange as unknown as Anthropic.ContentBlock;
  const input = 'cut' in block ? {} : block.input;
  return { type: 'tool_use', id: block.id, name: block.tool, input, caller: { type: 'direct' } };
}
