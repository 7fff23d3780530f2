import fc from 'fast-check';
import { afterAll, vi } from 'vitest';
import { clearScratch } from './scratch.ts';

const { cwd, env } = processNow();

// A run that changed nothing finds nothing new. The full one draws anew each time, and says its seed when it fails.
if (process.env.YAGURA_FULL !== '1') fc.configureGlobal({ seed: 20_261_123 });

// Hooks run last to first, and this file's come before those of every test file. Files share a process: what one of
// them changed is put back where Vitest knows how, and else the file fails that changed it, not one that comes later.
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  clearScratch();
  const now = processNow();
  if (now.cwd !== cwd || now.env !== env)
    throw new Error('The test file left the process in another folder or with other environment variables.');
});

function processNow(): { cwd: string; env: string } {
  return { cwd: process.cwd(), env: JSON.stringify(Object.entries(process.env).sort()) };
}
