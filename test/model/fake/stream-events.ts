import type Anthropic from '@anthropic-ai/sdk';
import type { FakeMessage } from './answers.ts';

/** An event of the stream; strange ones are not of the SDK's types. */
export interface FakeEvent {
  event: { type: string; [key: string]: unknown };
  strange: boolean;
}

/** A message as the events a stream has it in: start, each block in pieces, delta, stop; pings between. */
export function streamEvents(answer: FakeMessage, message: Anthropic.Message): FakeEvent[] {
  const { stop_reason, stop_sequence, stop_details, usage } = message;
  const { input_tokens, cache_read_input_tokens, cache_creation_input_tokens, output_tokens } = usage;
  const start = {
    ...message,
    content: [],
    stop_reason: null,
    stop_details: null,
    usage: { ...usage, output_tokens: 1 },
  };
  const strange = answer.strangeEvents ? [{ event: { type: 'weather_report', sky: 'clear' }, strange: true }] : [];
  return [
    known({ type: 'message_start', message: start }),
    { event: { type: 'ping' }, strange: true },
    ...strange,
    ...message.content.flatMap((block, index) => blockEvents(block, answer.says[index], index)),
    known({
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, stop_details, container: null },
      usage: {
        input_tokens,
        cache_read_input_tokens,
        cache_creation_input_tokens,
        output_tokens,
        output_tokens_details: null,
        server_tool_use: null,
      },
    }),
    known({ type: 'message_stop' }),
  ];
}

function blockEvents(block: Anthropic.ContentBlock, said: FakeMessage['says'][number] | undefined, index: number) {
  const stop = known({ type: 'content_block_stop', index });
  const begin = (content_block: object) => known({ type: 'content_block_start', index, content_block });
  const delta = (one: object) => known({ type: 'content_block_delta', index, delta: one });
  if (said && 'strange' in said) {
    return [{ ...begin(block), strange: true }, { ...delta({ type: 'strange_delta', part: 1 }), strange: true }, stop];
  }
  if (block.type === 'text') {
    const deltas = pieces(block.text).map((text) => delta({ type: 'text_delta', text }));
    return [begin({ ...block, text: '' }), ...deltas, stop];
  }
  if (block.type === 'thinking') {
    const deltas = pieces(block.thinking).map((thinking) => delta({ type: 'thinking_delta', thinking }));
    const signed = delta({ type: 'signature_delta', signature: block.signature });
    return [begin({ ...block, thinking: '', signature: '' }), ...deltas, signed, stop];
  }
  if (block.type !== 'tool_use') throw new Error(`The fake cannot stream a ${block.type} block.`);
  const json = said && 'cut' in said ? said.cut : JSON.stringify(block.input);
  const deltas = pieces(json).map((partial_json) => delta({ type: 'input_json_delta', partial_json }));
  return [begin({ ...block, input: {} }), ...deltas, stop];
}

function known(event: FakeEvent['event']): FakeEvent {
  return { event, strange: false };
}

function pieces(text: string): string[] {
  return text.match(/.{1,12}/gsu) ?? [''];
}
