import { configDefaults, defineConfig } from 'vitest/config';
import { RequireAll } from './test/require-all.ts';

// What `npm run check:full` runs beside everything else: slow, or against what others wrote.
const onlyFull = ['test/emulate/**'];

// Threads that end while much is being compiled crash Node 24 now and then (nodejs/node issue 64500), so a process that
// has run many files starts none.
const threads = ['test/detect/engine-pool.test.ts'];

// Processes, not threads: tests send signals and change user.
const pool = 'forks';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'files',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...threads, ...(process.env.YAGURA_FULL === '1' ? [] : onlyFull)],
          globalSetup: ['test/global-setup.ts'],
          setupFiles: ['test/each-file.ts'],
          pool,
          // A process runs file after file: what they import is loaded, and made fast, once. See test/each-file.ts.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'threads', include: threads, pool, testTimeout: 30_000 } },
    ],
    maxWorkers: 2,
    reporters: ['default', new RequireAll(process.env.YAGURA_REQUIRE_ALL === '1')],
  },
});
