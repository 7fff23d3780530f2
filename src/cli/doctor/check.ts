import type { Scene } from './scene.ts';

/** What one line can say; "could not look" is never mixed up with "looked, found nothing". */
export const states = ['ok', 'warning', 'fault', 'could-not-look'] as const;
export type State = (typeof states)[number];

/** What checks are about, in the order in which they are told. */
export const parts = ['settings', 'app', 'repositories', 'policy', 'running'] as const;
type Part = (typeof parts)[number];

/** One thing a check may find besides that all is well. The page of the guide is made of these. */
export interface Outcome {
  state: Exclude<State, 'ok'>;
  /** When it is said, in words for the page. */
  when: string;
  /** What to do about it, one sentence; `{name}` stands for a value of the finding. */
  fix: string;
}

/** What was found: all is well, or one of the check's outcomes with the values its fix needs. */
export type Finding<Name extends string = string> =
  | { ok: string }
  | { outcome: Name; says: string; values?: Readonly<Record<string, string>> };

/** One check: a file of the folder `checks`, which exports it under the file's name in camelCase. */
export interface DoctorCheck<Name extends string = string> {
  /** As the file. */
  name: string;
  part: Part;
  /** What is looked at, one sentence. */
  looksAt: string;
  /** Why it is of no concern in the demo, which runs without an account; undefined when it is looked at there too. */
  demo?: string;
  /** Seconds after which the check is given up, 20 when not given. */
  limit?: number;
  outcomes: Readonly<Record<Name, Outcome>>;
  /** At least one finding. Whatever it throws becomes "could not look" with that reason. */
  run(scene: Scene): Promise<Finding<Name>[]>;
}

/** Keeps the names of the outcomes, so that no finding can name another. */
export function defineCheck<const Name extends string>(check: DoctorCheck<Name>): DoctorCheck {
  return check as unknown as DoctorCheck;
}
