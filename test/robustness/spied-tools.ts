import { z } from 'zod';
import type { Tool } from '../../src/investigate/tool.ts';
import { loadPlugins } from '../../src/plugins.ts';

/** A tool that was really run, for which incident and with what. */
export interface ToolCall {
  incident: string;
  tool: string;
  args: unknown;
}

const own = await loadPlugins<Tool>(new URL('../../tools/', import.meta.url));

/** Takes whatever it is given, so that only the gates stand in the way. */
const anything = z.looseObject({});

/**
 * Every tool there is, one that reaches outside, and two that no playbook names and that would do something; each tells
 * `told` what it was run with.
 */
export async function spiedTools(told: (call: ToolCall) => void): Promise<Map<string, Tool>> {
  const more = [trap('reputation', 'outward'), trap('isolate-host', 'own'), trap('block', 'own')];
  return new Map([...own.values(), ...more].map((tool) => [tool.name, spied(tool, told)]));
}

function trap(name: string, risk: Tool['risk']): Tool {
  return {
    name,
    summary: `What others know: ${name}.`,
    risk,
    each: 'entity',
    args: anything,
    run: async () => ({ outcome: 'nothing', summary: ['nothing is known of it'], result: null, trust: 'product' }),
  };
}

function spied(tool: Tool, told: (call: ToolCall) => void): Tool {
  return {
    ...tool,
    run(args, context) {
      told({ incident: context.incident.id, tool: tool.name, args });
      return tool.run(args, context);
    },
  };
}
