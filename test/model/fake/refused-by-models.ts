import type Anthropic from '@anthropic-ai/sdk';

/** What current models answer 400 to although the types allow it; undefined when they would take the request. */
export function refusedByModels(body: Anthropic.MessageCreateParams): string | undefined {
  const { tool_choice: choice, thinking } = body;
  if (choice && choice.type !== 'auto' && choice.type !== 'none')
    return 'tool_choice: forced tool use is not supported';
  if (thinking?.type === 'disabled' || thinking?.type === 'enabled')
    return `thinking.type: ${thinking.type} is not supported`;
  if (body.messages[0]?.role !== 'user') return 'messages: the first message must be of the user';
  if (body.messages.at(-1)?.role === 'assistant') return 'messages: prefilling the answer is not supported';
  if (JSON.stringify(body).split('"cache_control":{').length > 5) return 'at most 4 blocks may have cache_control';
  return emptyText(body) ?? unpaired(body.messages);
}

function emptyText(body: Anthropic.MessageCreateParams): string | undefined {
  const empty = body.messages.some((message) =>
    blocks(message).some((block) => block.type === 'text' && block.text === ''),
  );
  return empty ? 'messages: text content blocks must be non-empty' : undefined;
}

/** Each tool call has one result in the message after it, and each result its call. */
function unpaired(messages: Anthropic.MessageParam[]): string | undefined {
  let open: string[] = [];
  for (const message of messages) {
    const results = blocks(message).flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []));
    if (message.role === 'user') {
      const stray = results.find((id) => !open.includes(id));
      if (stray) return `messages: tool_result ${stray} has no tool_use before it`;
      const missing = open.find((id) => !results.includes(id));
      if (missing) return `messages: tool_use ${missing} has no tool_result after it`;
      if (new Set(results).size !== results.length) return 'messages: each tool_use has one tool_result';
    }
    open = blocks(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
    if (new Set(open).size !== open.length) return 'messages: tool_use ids must be unique';
  }
  return undefined;
}

function blocks(message: Anthropic.MessageParam): Anthropic.ContentBlockParam[] {
  return typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
}
