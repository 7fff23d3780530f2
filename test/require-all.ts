import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Counts the skipped tests at the end of a run and names them, because a test that needs a missing part of the machine
 * skips itself. With `required` (CI, which installs every part) a skip makes the run fail.
 */
export class RequireAll implements Reporter {
  readonly #required: boolean;

  constructor(required: boolean) {
    this.#required = required;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    process.stdout.write(`${summary(skipped)}\n`);
    if (this.#required && skipped.length > 0) {
      process.stdout.write('YAGURA_REQUIRE_ALL=1: a skipped test is a failure.\n');
      process.exitCode = 1;
    }
  }
}

function summary(skipped: readonly TestCase[]): string {
  if (skipped.length === 0) return 'Skipped: none';
  const names = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName}`);
  return [`Skipped: ${skipped.length}`, ...names].join('\n');
}
