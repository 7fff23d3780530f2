import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** In the name of a test that only data of others keeps from running. */
const besideTheCheckout = 'as ../shared/data';

/**
 * Ends a run with the tests that skipped themselves, because a part of the machine is missing, and with one line of
 * counts. With `required` (CI, which installs every part) a skip makes the run fail, but for tests of data that stands
 * beside the checkout and that not everybody has: those are named all the same.
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
    if (this.#required && skipped.some((test) => !test.name.includes(besideTheCheckout))) {
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
