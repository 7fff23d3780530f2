import type { Entity } from './entity.ts';
import type { ModelUsage, Tier } from './model.ts';
import type { Claim } from './report.ts';
import type { Sentence } from './sentence.ts';
import type { Severity } from './severity.ts';
import type { Verdict } from './verdict.ts';

export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];

/** One way to read the incident, weighed. */
export interface Hypothesis {
  statement: Sentence;
  /** Whether it says that nothing bad happened. */
  benign: boolean;
  for: Claim[];
  against: Claim[];
}

/** An ATT&CK technique an investigation saw, with one sentence for somebody who is no expert. */
export interface TechniqueSeen {
  id: string;
  /** MITRE's name of it. */
  name: string;
  because: Claim;
  plain: Sentence;
}

/** What a model says about an action the response policy proposes; the action itself is the policy's. */
export interface Advice {
  action: string;
  target: Entity;
  /** The response rule that proposes it. */
  rule: string;
  /** Whether the model would do it now. */
  now: boolean;
  because: Claim;
  /** For somebody who is no expert: what it means here. */
  plain: Sentence;
}

/**
 * What a model makes of the evidence, as far as it passed the gates. A judgement for people: nothing in it acts, closes
 * or lowers anything.
 */
export interface Assessment {
  /** What the model would say it is; `insufficient-data` when what it said did not hold. A report shows the policy's instead where a rule gives one. */
  verdict: Verdict;
  because?: Claim;
  /** Likeliest first; at least two, a benign one among them. */
  hypotheses: Hypothesis[];
  confidence: Confidence;
  /** A proposal; only people and policy set a severity. */
  severity?: { proposed: Severity; because: Claim };
  techniques: TechniqueSeen[];
  affected: { entity: Entity; evidence: string[] }[];
  advice: Advice[];
  /** Sentences of the model that the gates took out, by reason. */
  dropped: { reason: string; count: number }[];
}

/** Text in what an attacker can write that reads like orders to whoever investigates. It only ever raises. */
export interface PlantedText {
  /** Where it stands: `user agent of alert 3`, `raw record`. */
  where: string;
  quote: string;
  evidence?: string;
}

/** What a model was told and what it cost, for the foot of a report. */
export interface ModelRun {
  /** `scripted`, or the models that answered, by tier. */
  models: Partial<Record<Tier, string>>;
  prompts: { id: string; version: string; hash: string }[];
  requests: number;
  usage: Partial<Record<Tier, ModelUsage>>;
  /** US dollars; undefined where no price is known (a server of one's own, the scripted model). */
  money: number | undefined;
}
