import { defineConfig } from 'vitest/config';
import { RequireAll } from './test/require-all.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    // Processes, not threads: tests send signals and change user.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ['default', new RequireAll(process.env.YAGURA_REQUIRE_ALL === '1')],
  },
});
