import type { AlertKind } from '../../domain/alert.ts';
import type { EntityType } from '../../domain/entity.ts';
import type { Language } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';

/**
 * What a run is about, taken once when it begins and kept with it, so that a resumed run sends what it would have sent.
 * Plain data: it crosses to the investigator's process.
 */
export interface Brief {
  /** Random, of this run: no text of others can hold it, so none can end the block it stands in. */
  marker: string;
  /** What people wrote in the config repository, by file, at one commit: trusted. */
  organization: { commit: string; files: { path: string; text: string }[] };
  /** Fields no attacker writes: kinds, severities, counts, times, ids of rules, types and roles of entities. */
  trusted: {
    kind: AlertKind;
    severity: Severity;
    alerts: {
      id: string;
      source: string;
      rule: string;
      severity: Severity;
      time: string;
      count: number;
      techniques: string[];
    }[];
    alertTotal: number;
    entities: { ref: string; type: EntityType; roles: string[]; alerts: number; known: string[] }[];
    playbook: string;
    /** Values of `policies/response.md` rules that fit, by offer id. */
    offers: { offer: string; action: string; entity: string; resources: string[]; seconds: number; because: string }[];
  };
  /** Values and texts products and attackers wrote. */
  untrusted: {
    entities: { ref: string; type: EntityType; value: string }[];
    alerts: { id: string; title: string; quoted: { name: string; value: string }[] }[];
  };
  /** What the deterministic investigation found. */
  evidence: EvidenceView[];
  tools: ToolView[];
  /** What the model writes in; English in a run that began before there was a choice. */
  language?: Language;
  /** Whether the `escalate` tier is another model than the one that investigates. */
  escalates?: boolean;
  /** What a person asked to look at, or the question of `/ask`: by somebody with the right, still not an order. */
  focus?: string;
}

/** Evidence as the model reads it. */
export interface EvidenceView {
  id: string;
  tool: string;
  query: unknown;
  outcome: string;
  says: string;
  /** Cut; absent where it is bulk text that only the extraction reads. */
  result?: unknown;
}

/** A tool as the model is told of it. */
export interface ToolView {
  name: string;
  summary: string;
  schema: Record<string, unknown>;
}

/** A file of `prompts/`. */
export interface Prompt {
  id: string;
  version: string;
  tier: 'investigate' | 'extract' | 'escalate';
  maxTokens: number;
  text: string;
  /** SHA-256 of the file. */
  hash: string;
}

export const promptIds = ['investigator', 'plan', 'task', 'replan', 'report', 'extract', 'ask'] as const;
export type PromptId = (typeof promptIds)[number];
export type Prompts = Record<PromptId, Prompt>;
