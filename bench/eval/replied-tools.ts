import type { Entity } from '../../src/domain/entity.ts';
import type { Tool } from '../../src/investigate/tool.ts';
import type { Reply } from './case.ts';
import { askedAbout } from './evidence-text.ts';

/**
 * The tools of an evaluation: what would ask somebody outside answers from `replies.yml` instead, and could not look where
 * nothing is written there, so that no run reaches anybody and each gives the same. Throws at a reply that no tool asks for.
 */
export function repliedTools(tools: ReadonlyMap<string, Tool>, replies: readonly Reply[]): Map<string, Tool> {
  const idle = replies.find(({ tool }) => tools.get(tool)?.risk !== 'outward');
  if (idle) throw new Error(`replies.yml answers for ${idle.tool}, which is no tool that asks outside`);
  return new Map([...tools].map(([name, tool]) => [name, tool.risk === 'outward' ? replied(tool, replies) : tool]));
}

function replied(tool: Tool, replies: readonly Reply[]): Tool {
  return {
    ...tool,
    async run(args) {
      const asked = askedAbout({ query: args as Record<string, unknown> });
      const reply = replies.find((one) => one.tool === tool.name && one.entity === asked);
      if (!reply)
        return { outcome: 'could-not-look', summary: [`${tool.name}: nobody answers`], result: null, trust: 'own' };
      const [type = '', ...value] = reply.entity.split(':');
      const entity = { type, value: value.join(':') } as Entity;
      return {
        outcome: reply.outcome,
        summary: [{ entity }, `: ${reply.says}`],
        result: reply.result,
        trust: 'product',
      };
    },
  };
}
