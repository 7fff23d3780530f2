import { sentenceOf } from '../../domain/error.ts';
import type { DoctorCheck } from './check.ts';
import { type Line, lineOf, unseenLine } from './line.ts';
import type { Scene } from './scene.ts';

/** Seconds a check may take unless it says otherwise. */
const usualLimit = 20;

/**
 * Runs all checks side by side and hands their lines on in the order of the checks, each as soon as those before it are
 * through. Never throws for a check: one that throws or takes too long could not look. `waiting` is told
 * of those under way every `patienceMs`.
 */
export async function examine(
  checks: readonly DoctorCheck[],
  scene: Scene,
  told: { lines(lines: Line[]): void; waiting(names: string[]): void },
  patienceMs = 3_000,
): Promise<void> {
  const pending = new Set(checks.map((check) => check.name));
  const patience = setInterval(() => told.waiting([...pending]), patienceMs);
  try {
    const running = checks.map((check) => outcome(check, scene).finally(() => pending.delete(check.name)));
    for (const lines of running) told.lines(await lines);
  } finally {
    clearInterval(patience);
  }
}

async function outcome(check: DoctorCheck, scene: Scene): Promise<Line[]> {
  let timer: NodeJS.Timeout | undefined;
  const limit = check.limit ?? usualLimit;
  const tooLong = new Promise<Line[]>((resolve) => {
    const line = unseenLine(check, `nothing was known after ${limit} seconds`);
    timer = setTimeout(() => resolve([line]), limit * 1_000);
  });
  try {
    return await Promise.race([linesOf(check, scene), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

async function linesOf(check: DoctorCheck, scene: Scene): Promise<Line[]> {
  try {
    if (check.demo !== undefined && scene.settings().github === undefined) {
      return [lineOf(check, { ok: `of no concern in the demo: ${check.demo}` })];
    }
    const findings = await check.run(scene);
    if (findings.length === 0) return [unseenLine(check, 'the check said nothing')];
    return findings.map((finding) => lineOf(check, finding));
  } catch (error) {
    return [unseenLine(check, sentenceOf(error))];
  }
}
