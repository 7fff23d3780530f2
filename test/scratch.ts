import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A new directory for the test file that asks; it goes with all that is in it when the file's own hooks have run. */
export function scratch(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `yagura-${name}-`));
  made.push(dir);
  return dir;
}

/** Removes every directory so far. */
export function clearScratch(): void {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
