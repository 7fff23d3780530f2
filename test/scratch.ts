import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

/** A new directory for the test file that asks; it goes with all that is in it when the file's own hooks have run. */
export function scratch(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `yagura-${name}-`));
  made.push(dir);
  return dir;
}

// Hooks run last to first, and an import comes before what imports it.
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});
