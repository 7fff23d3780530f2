import { expect, it } from 'vitest';
import { z } from 'zod';
import { repliedTools } from '../../../bench/eval/replied-tools.ts';
import type { Tool, ToolContext } from '../../../src/investigate/tool.ts';
import { loadPlugins } from '../../../src/plugins.ts';

const own = await loadPlugins<Tool>(new URL('../../../tools/', import.meta.url));
const outward: Tool = {
  name: 'reputation',
  summary: 'What others say of an address.',
  risk: 'outward',
  each: 'entity',
  args: z.unknown(),
  run: () => Promise.reject(new Error('somebody outside was asked')),
};
const tools = new Map([...own, [outward.name, outward]]);
const reply = {
  tool: 'reputation',
  entity: 'ip:2001:db8::7',
  outcome: 'found',
  says: 'seen in attacks',
  result: [7],
} as const;

function ask(replies: Parameters<typeof repliedTools>[1], value: string) {
  return repliedTools(tools, replies)
    .get('reputation')
    ?.run({ entity: { type: 'ip', value } }, {} as ToolContext);
}

it('a tool that asks outside answers from the replies and reaches nobody', async () => {
  expect(await ask([reply], '2001:db8::7')).toEqual({
    outcome: 'found',
    summary: [{ entity: { type: 'ip', value: '2001:db8::7' } }, ': seen in attacks'],
    result: [7],
    trust: 'product',
  });
});

it('it could not look at what no reply is about, which is not to have found nothing', async () => {
  expect(await ask([reply], '203.0.113.7')).toMatchObject({ outcome: 'could-not-look' });
});

it('every other tool is the real one, and may not be answered for', () => {
  const replied = repliedTools(tools, [reply]);
  for (const [name, tool] of own) expect(replied.get(name)).toBe(tool);
  expect(() => repliedTools(tools, [{ ...reply, tool: 'raw-record' }])).toThrow('which is no tool that asks outside');
});
