import type { Evidence } from '../../src/domain/evidence.ts';
import type { ModelUsage } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import { type InvestigationInput, investigateDeterministically } from '../../src/investigate/deterministic.ts';

/** What an investigation used of a model. */
export interface EvalUsage {
  requests: number;
  tokens: ModelUsage;
  /** US dollars; undefined where no price is known. */
  money: number | undefined;
}

export interface EvalResult {
  report: Report;
  /** Everything the report may cite. */
  evidence: Evidence[];
  usage: EvalUsage;
}

/** Something that can be evaluated: it gets an incident as the pipeline made it, and answers with a report. */
export interface EvalInvestigator {
  /** As the table calls it; its part of `docs/evaluation.md` is marked by this name. */
  name: string;
  investigate(incident: InvestigationInput): Promise<EvalResult>;
}

export const noUsage: EvalUsage = {
  requests: 0,
  tokens: { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 },
  money: 0,
};

/** The one without a model. */
export const deterministic: EvalInvestigator = {
  name: 'deterministic',
  async investigate(incident) {
    return { ...(await investigateDeterministically(incident)), usage: noUsage };
  },
};
