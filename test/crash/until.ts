import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks until the answer is something, every `everyMs` real milliseconds; fails with what was waited for when `withinMs`
 * have passed. An attempt that throws counts as nothing: the process asked may be starting.
 */
export async function until<T>(
  what: string | (() => string | Promise<string>),
  look: () => Promise<T | undefined | false>,
  { withinMs = 30_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    try {
      const found = await look();
      if (found !== undefined && found !== false) return found;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const named = typeof what === 'string' ? what : await what();
      throw new Error(`Waited ${withinMs} ms in vain until ${named}.`, { cause: last });
    }
    await sleep(everyMs);
  }
}
