import type { Assessment, ModelRun, PlantedText } from '../domain/assessment.ts';
import type { Language } from '../domain/locale.ts';
import type { Report } from '../domain/report.ts';
import type { Verdict } from '../domain/verdict.ts';
import { investigationWords } from '../messages/investigation.ts';

/** What the last run of a model over an incident came to, after the gates. */
export interface Outcome {
  assessment?: Assessment;
  /** One sentence for the verdict. */
  because?: string;
  questions: Report['questions'];
  fallback?: string;
  /** A verdict of the model that a gate did not let stand. */
  refused?: Verdict;
  model: ModelRun;
  /** ISO 8601. */
  at: string;
}

/** Verdicts that say that nothing bad happened. */
const calm: readonly Verdict[] = ['benign', 'false-positive', 'test', 'disregard'];

/**
 * What was checked, with what a model makes of it. A verdict of the policy stands whatever the model says; and where
 * somebody planted text to turn whoever investigates, no model's all-clear is passed on.
 */
export function composeReport(
  checked: Report,
  outcome: Outcome | undefined,
  planted: PlantedText[],
  language: Language,
): Report {
  const warned = planted.length > 0 ? { planted } : {};
  if (!outcome) return { ...checked, ...warned };
  const { assessment, because, fallback, model, questions } = outcome;
  const told = {
    ...warned,
    ...(outcome.refused === undefined ? {} : { refused: outcome.refused }),
    model,
    ...(fallback === undefined ? {} : { fallback }),
  };
  if (!assessment) return { ...checked, ...told };
  const turned = planted.length > 0 && calm.includes(assessment.verdict);
  const verdict = turned ? 'insufficient-data' : assessment.verdict;
  const why = turned ? investigationWords(language).turned : because;
  return {
    ...checked,
    ...told,
    ...(checked.verdictBy === undefined ? { verdict, ...(why === undefined ? {} : { because: why }) } : {}),
    questions: [...questions, ...checked.questions.filter((q) => !questions.some((own) => own.ask === q.ask))],
    investigator: checked.verdictBy === undefined ? 'model' : checked.investigator,
    assessment,
  };
}
