import { z } from 'zod';
import { canonicalJson, sha256 } from '../../domain/canonical.ts';
import type { Tier } from '../../domain/model.ts';
import type { Message, Model, ModelReply, ModelRequest, OfferedTool } from '../../ports/model.ts';
import type { Brief, Prompts } from './brief.ts';
import type { Host } from './host.ts';

/** What one run works with. */
export interface Desk {
  model: Model;
  host: Host;
  prompts: Prompts;
  brief: Brief;
  signal: AbortSignal;
}

/** The budget is spent, or its soft limit is reached: what is known by now must do. */
export class Enough extends Error {}

/** The model would not answer. Nothing follows from that: an attacker can plant what it refuses. */
export class Refused extends Error {}

export interface TurnOptions {
  key: string;
  tier: Tier;
  system: string;
  messages: Message[];
  tools?: OfferedTool[];
  maxTokens: number;
  output?: z.ZodType;
  /** May use what is held back for the report. */
  last?: boolean;
}

/** One request of a run: journaled before and after, so that a killed run neither loses nor repeats it. */
export async function turn(desk: Desk, options: TurnOptions): Promise<ModelReply> {
  const { key, last = false, output, tools = [], ...rest } = options;
  const request: ModelRequest = { ...rest, tools, ...(output ? { output } : {}) };
  const sent = canonicalJson({ ...rest, key: undefined, tools, output: output ? z.toJSONSchema(output) : null });
  const bytes = Buffer.byteLength(sent);
  const { tier, maxTokens } = options;
  const leave = await desk.host.before({ key, tier, hash: sha256(sent), bytes, maxTokens, last });
  if (leave.is === 'enough') throw new Enough(leave.why);
  const reply =
    leave.is === 'known' ? leave.reply : await desk.model.turn({ ...request, paidTries: leave.paidTries }, desk.signal);
  if (leave.is === 'go') await desk.host.after(key, reply);
  if (reply.stopReason === 'refusal') throw new Refused(reply.refusal ?? '');
  return reply;
}
