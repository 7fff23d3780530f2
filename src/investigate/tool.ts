import type { z } from 'zod';
import type { Entity } from '../domain/entity.ts';
import type { EvidenceOutcome, Trust } from '../domain/evidence.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView } from '../domain/incident-view.ts';
import type { Language } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import type { Sentence } from '../domain/sentence.ts';
import type { Facts } from '../ports/facts.ts';

/** What a tool may know: nothing in it can change anything. */
export interface ToolContext {
  incident: Incident;
  alerts: AlertView[];
  entities: Entity[];
  policy: Policy;
  facts: Facts;
  /** What it says is written in, and stays in. */
  language: Language;
  now: Date;
}

export interface ToolResult {
  outcome: EvidenceOutcome;
  summary: Sentence;
  result: unknown;
  trust: Trust;
}

/**
 * A question an investigation may ask: one file in `tools/`, read-only by contract. Being in the folder makes it
 * exist; only a playbook of the policy makes it run.
 */
export interface Tool<Args = unknown> {
  /** The file's name. */
  name: string;
  /** What it answers, in one line for playbook writers. */
  summary: string;
  /** `own`: reads our records and policy only. `outward`: sends a typed entity to somebody else. */
  risk: 'own' | 'outward';
  /** What it is run for: arguments of a playbook step are filled in from these. */
  each: 'entity' | 'incident' | 'alert';
  args: z.ZodType<Args>;
  run(args: Args, context: ToolContext): Promise<ToolResult>;
}
