import type { Assessment, ModelRun, PlantedText } from './assessment.ts';
import type { Sentence } from './sentence.ts';
import type { Verdict } from './verdict.ts';

/** A sentence of a report and the evidence it stands on; without evidence ids it is not shown. */
export interface Claim {
  text: Sentence;
  evidence: string[];
}

/** What an investigation says. The deterministic one never guesses: `not-assessed` unless a policy rule decides. */
export interface Report {
  verdict: Verdict;
  /** `policies/triage.md:12` when a policy rule gave the verdict. */
  verdictBy?: string;
  because?: string;
  claims: Claim[];
  /** Questions that would decide it, and who could answer. */
  questions: { ask: string; who: string }[];
  /** Playbook that was run. */
  playbook: string;
  policyCommit: string;
  /** Who gave the verdict and wrote the claims. */
  investigator: 'deterministic' | 'model';
  /** What the model makes of it; absent when none looked. */
  assessment?: Assessment;
  /** Why there is no (whole) assessment though a model is set: refused, away, out of budget, stopped. One sentence. */
  fallback?: string;
  /** A verdict of the model that did not stand on its evidence. */
  refused?: Verdict;
  planted?: PlantedText[];
  model?: ModelRun;
  at: string;
  /** People were told that it is exploited and exposed, as far as policy names any. */
  pressing?: true;
}
