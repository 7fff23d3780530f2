import type { z } from 'zod';
import type { ContentBlock, Message, TextBlock } from '../../ports/model.ts';
import type { Prompt } from './brief.ts';
import { systemOf } from './system.ts';
import { type Desk, turn } from './turn.ts';

/** The model's answer never came in the shape asked for. */
export class Shapeless extends Error {}

/**
 * An answer in a closed shape, without tools. Not every server keeps to the shape, so it is checked here, and asked for
 * once more with what is wrong.
 */
export async function structured<Schema extends z.ZodType>(
  desk: Desk,
  options: {
    key: string;
    prompt: Prompt;
    system?: string;
    blocks: TextBlock[];
    output: Schema;
    last?: boolean;
  },
): Promise<z.output<Schema>> {
  const { key, prompt, blocks, output, last = false } = options;
  const instruction = options.system === undefined ? [{ type: 'text' as const, text: prompt.text }] : [];
  const messages: Message[] = [{ role: 'user', content: [...blocks, ...instruction] }];
  const request = {
    tier: prompt.tier,
    system: options.system ?? systemOf(desk),
    maxTokens: prompt.maxTokens,
    output,
    last,
  };
  const first = read(output, (await turn(desk, { ...request, key, messages })).content);
  if ('value' in first) return first.value;
  const again: Message[] = [
    ...messages,
    { role: 'assistant', content: [{ type: 'text', text: first.text || '(empty)' }] },
    { role: 'user', content: [{ type: 'text', text: `That does not have the shape asked for: ${first.wrong}` }] },
  ];
  const second = read(output, (await turn(desk, { ...request, key: `${key}.again`, messages: again })).content);
  if ('value' in second) return second.value;
  throw new Shapeless(second.wrong);
}

function read<Schema extends z.ZodType>(
  output: Schema,
  content: ContentBlock[],
): { value: z.output<Schema> } | { wrong: string; text: string } {
  const text = content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join('');
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\s*```(?:json)?\s*|\s*```\s*$/g, ''));
  } catch {
    return { wrong: 'it is not JSON', text };
  }
  const parsed = output.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  const wrong = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return { wrong: wrong.join('; '), text };
}
