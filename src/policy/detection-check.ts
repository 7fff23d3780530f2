import type { DetectionFile, PolicyProblem } from '../domain/policy.ts';

/** What is wrong with detections: problems keep a commit from being used, warnings are only shown. */
export interface DetectionReport {
  problems: PolicyProblem[];
  warnings: PolicyProblem[];
}

/**
 * Reads all detections of a commit together, since they name each other, and runs their tests. `placeholders` are the
 * values of `%name%`. The detection engine is another stage: whoever puts the stages together gives this.
 */
export type DetectionCheck = (
  files: readonly DetectionFile[],
  placeholders: Readonly<Record<string, string[]>>,
) => DetectionReport;
