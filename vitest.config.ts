import { configDefaults, defineConfig } from 'vitest/config';
import { RequireAll } from './test/require-all.ts';

// What `npm run check:full` runs beside everything else: slow, or against what others wrote.
const onlyFull = ['test/emulate/**'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(process.env.YAGURA_FULL === '1' ? [] : onlyFull)],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/each-file.ts'],
    // Processes, not threads: tests send signals and change user.
    pool: 'forks',
    maxWorkers: 2,
    // A process runs file after file: what they import is loaded, and made fast, once. See test/each-file.ts.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new RequireAll(process.env.YAGURA_REQUIRE_ALL === '1')],
  },
});
