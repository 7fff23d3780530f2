import { deterministic, type EvalInvestigator } from './eval-investigator.ts';

/** Whom `npm run eval:investigate` evaluates. Each needs a place in `docs/evaluation.md`, marked by its name. */
export function investigators(): EvalInvestigator[] {
  return [deterministic];
}
