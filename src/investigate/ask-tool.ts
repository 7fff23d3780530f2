import { clean } from '../domain/clean.ts';
import type { Entity } from '../domain/entity.ts';
import { sentenceOf } from '../domain/error.ts';
import { type Evidence, evidenceHash } from '../domain/evidence.ts';
import { maskSecretsIn } from '../domain/secrets.ts';
import type { Sentence } from '../domain/sentence.ts';
import { toolWords } from '../messages/tools.ts';
import { mayLeave } from './gates/outward-gate.ts';
import type { Tool, ToolContext } from './tool.ts';

/** What a tool answered, before it has a number. */
export type Finding = Omit<Evidence, 'id' | 'incidentId'>;

type Answer = Pick<Evidence, 'outcome' | 'summary' | 'result' | 'trust'>;

/** Asks one tool. One that is missing, refuses its arguments or fails could not look; it never ends an investigation. */
export async function askTool(
  call: { tool: string; args: Record<string, unknown> },
  tools: ReadonlyMap<string, Tool>,
  context: ToolContext,
): Promise<Finding> {
  return findingOf(call, await run(call, tools, context), context.now);
}

/** Cleaned, and without secrets, before it is hashed: what is hashed is what the store keeps, whatever a tool answers. */
export function findingOf(call: { tool: string; args: Record<string, unknown> }, given: Answer, at: Date): Finding {
  const query = clean(maskSecretsIn(call.args)) as Record<string, unknown>;
  const answer = clean(maskSecretsIn(given)) as Answer;
  return {
    tool: call.tool,
    query,
    ...answer,
    at,
    hash: evidenceHash({ tool: call.tool, query, ...answer }),
  };
}

/** Nobody could look: why, in our own words, around what is not. */
export function couldNotLook(tool: string, why: string, ...more: Sentence): Answer {
  return { outcome: 'could-not-look', summary: [`${tool}: ${why}`, ...more], result: null, trust: 'own' };
}

async function run(
  call: { tool: string; args: Record<string, unknown> },
  tools: ReadonlyMap<string, Tool>,
  context: ToolContext,
): Promise<Answer> {
  const words = toolWords(context.language);
  const tool = tools.get(call.tool);
  if (!tool) return couldNotLook(call.tool, words.noSuchTool);
  const args = tool.args.safeParse(call.args);
  if (!args.success) return couldNotLook(call.tool, words.wrongArguments);
  const kept = tool.risk === 'outward' ? keptInside(args.data, context) : undefined;
  if (kept !== undefined) return couldNotLook(call.tool, kept);
  try {
    return await tool.run(args.data, context);
  } catch (error) {
    return couldNotLook(call.tool, words.failed, { quote: sentenceOf(error, context.language) });
  }
}

/** Why what a tool that reaches outside would be given stays inside; undefined when it may leave. */
function keptInside(args: unknown, { alerts, policy, language }: ToolContext): string | undefined {
  const { entity } = (args ?? {}) as { entity?: Entity };
  if (typeof entity?.type !== 'string' || typeof entity.value !== 'string') return toolWords(language).noEntity;
  const leave = mayLeave(
    entity,
    { entities: alerts.flatMap((alert) => alert.entities), context: policy.context },
    language,
  );
  return 'refused' in leave ? leave.refused : undefined;
}
