import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { read, root, shellCommands } from './pages.ts';

describe('CI', () => {
  it("runs the README's own test command, with nothing skipped, and ends with the line of counts", () => {
    accessSync(`${root}.ci/run`, constants.X_OK);
    const script = read('.ci/run');
    expect(shellCommands(read('README.md'))).toContain('npm test');
    expect(script).toMatch(/^YAGURA_REQUIRE_ALL=1 npm test /m);
    expect(script).toMatch(/^npm ci$/m);
    expect(script.trim().split('\n').slice(-2)).toEqual(['echo "$line"', 'exit "$status"']);
  });

  it('calls only what is there', () => {
    const { jobs } = parse(read('.github/workflows/ci.yml'));
    const runs: string[] = Object.values<{ steps: { run?: string }[] }>(jobs)
      .flatMap(({ steps }) => steps)
      .flatMap(({ run }) => run ?? []);
    const { scripts } = JSON.parse(read('package.json'));
    const named = runs.filter((run) => run.startsWith('npm run ')).map((run) => run.slice('npm run '.length));
    expect(runs).toContain('.ci/run');
    // Together with the tests these are what npm run check is.
    expect([...named.map((name) => `npm run ${name}`), 'npm test'].join(' && ')).toBe(scripts.check);
  });
});
