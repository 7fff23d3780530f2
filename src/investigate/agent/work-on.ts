import type {
  ContentBlock,
  GivenBlock,
  Message,
  OfferedTool,
  TextBlock,
  ToolCall,
  ToolCallResult,
} from '../../ports/model.ts';
import { extractAnswer, type Task } from './answers.ts';
import { untrustedBlock } from './blocks.ts';
import type { ToolAnswer } from './host.ts';
import { structured } from './structured.ts';
import { systemOf } from './system.ts';
import { type Desk, turn } from './turn.ts';

/** Turns of one task, and tools asked in one turn, at most. */
const turnLimit = 6;
const callLimit = 8;

/**
 * One task: the model asks tools until it has what it wanted. Only the evidence that leaves behind counts; what it says
 * in between is thrown away.
 */
export async function workOn(desk: Desk, key: string, task: Task, about: TextBlock[]): Promise<void> {
  const { prompts, brief } = desk;
  const tools = brief.tools.map(
    ({ name, summary, schema }): OfferedTool => ({
      name,
      description: summary,
      input_schema: schema as unknown as OfferedTool['input_schema'],
    }),
  );
  const order = `${prompts.task.text}\n\nThe task:\n${JSON.stringify(task, null, 1)}`;
  const messages: Message[] = [{ role: 'user', content: [...about, { type: 'text', text: order }] }];
  for (let n = 1; n <= turnLimit; n += 1) {
    const reply = await turn(desk, {
      key: `${key}.${n}`,
      tier: prompts.task.tier,
      system: systemOf(desk),
      messages,
      tools,
      maxTokens: prompts.task.maxTokens,
    });
    if (reply.stopReason === 'pause_turn') {
      messages.push({ role: 'assistant', content: given(reply.content) });
      continue;
    }
    // An answer that was cut may hold half a call; nothing in it is asked.
    const calls = reply.stopReason === 'tool_use' ? callsOf(reply.content) : [];
    if (calls.length === 0) return;
    const results = await askAll(desk, `${key}.${n}`, task, calls);
    const kept = new Set<unknown>(calls);
    const said = reply.content.filter((block) => block.type !== 'tool_use' || kept.has(block));
    messages.push({ role: 'assistant', content: given(said) }, { role: 'user', content: results });
  }
}

/** The calls of a reply; a second one under the same id could not be answered. */
function callsOf(content: ContentBlock[]): ToolCall[] {
  const seen = new Set<string>();
  return content.flatMap((block) => {
    if (block.type !== 'tool_use' || seen.has(block.id)) return [];
    seen.add(block.id);
    return [block];
  });
}

function given(content: ContentBlock[]): GivenBlock[] {
  return content as unknown as GivenBlock[];
}

/** Every call gets its result, in order; what is too much or not of this task is told so. */
async function askAll(desk: Desk, key: string, task: Task, calls: ToolCall[]): Promise<ToolCallResult[]> {
  const results: ToolCallResult[] = [];
  for (const [k, call] of calls.entries()) {
    const refuse = (why: string): ToolCallResult => ({
      type: 'tool_result',
      tool_use_id: call.id,
      is_error: true,
      content: why,
    });
    if (k >= callLimit) results.push(refuse(`At most ${callLimit} tools a turn.`));
    else if (!task.tools.includes(call.name)) results.push(refuse(`This task was not given the tool ${call.name}.`));
    else results.push(await ask(desk, `${key}/${k + 1}`, call));
  }
  return results;
}

async function ask(desk: Desk, key: string, call: ToolCall): Promise<ToolCallResult> {
  const { bulk, ...answer } = await desk.host.ask(key, call.name, call.input);
  const read = bulk === undefined ? {} : { read: await extract(desk, key, bulk) };
  const block = untrustedBlock(desk.brief.marker, 'The answer.', { ...answer, ...read } satisfies ToolAnswer & object);
  return { type: 'tool_result', tool_use_id: call.id, content: [block] };
}

/** Bulk text is read by a call that has no tool and can answer in a closed shape only; what it says is checked against the text. */
async function extract(desk: Desk, key: string, bulk: string) {
  const { prompts, brief } = desk;
  const answer = await structured(desk, {
    key: `${key}/read`,
    prompt: prompts.extract,
    system: prompts.extract.text,
    blocks: [untrustedBlock(brief.marker, 'The text.', bulk)],
    output: extractAnswer,
  });
  return desk.host.extracted(key, answer);
}
