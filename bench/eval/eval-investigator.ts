import type { ModelRun } from '../../src/domain/assessment.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { ModelUsage } from '../../src/domain/model.ts';
import type { Report } from '../../src/domain/report.ts';
import type { StagedIncident } from './staged-incident.ts';

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
  /** It writes nothing to the incident's store. */
  readsOnly?: true;
  investigate(incident: StagedIncident): Promise<EvalResult>;
}

const nothing: ModelUsage = { input: 0, cacheRead: 0, cacheWrite: 0, output: 0 };

/** What a run of a model used, all tiers together; nothing where there was none. */
export function usageOf(run: ModelRun | undefined): EvalUsage {
  if (!run) return { requests: 0, tokens: nothing, money: 0 };
  const tokens = Object.values(run.usage).reduce(
    (sum, one) => ({
      input: sum.input + one.input,
      cacheRead: sum.cacheRead + one.cacheRead,
      cacheWrite: sum.cacheWrite + one.cacheWrite,
      output: sum.output + one.output,
    }),
    nothing,
  );
  return { requests: run.requests, tokens, money: run.money };
}
