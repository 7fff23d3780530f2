import type { Reporter, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with the tests that skipped themselves, because a part of the machine is missing, and with one line of
 * counts. With `required` (CI, which installs every part) a skip makes the run fail.
 */
export class RequireAll implements Reporter {
  readonly #required: boolean;

  constructor(required: boolean) {
    this.#required = required;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const of = (state: 'passed' | 'failed' | 'skipped') =>
      modules.flatMap((module) => [...module.children.allTests(state)]);
    const skipped = of('skipped');
    const lines = [summary(skipped)];
    if (this.#required && skipped.length > 0) {
      lines.push('YAGURA_REQUIRE_ALL=1: a skipped test is a failure.');
      process.exitCode = 1;
    }
    // A file that could not be read or whose hook broke has failed, though none of its tests did.
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = of('failed').length + broken + errors.length;
    lines.push(`${of('passed').length} passed, ${failed} failed, ${skipped.length} skipped`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

function summary(skipped: readonly TestCase[]): string {
  if (skipped.length === 0) return 'Skipped: none';
  const names = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName}`);
  return [`Skipped: ${skipped.length}`, ...names].join('\n');
}
