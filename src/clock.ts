import { setTimeout as sleepFor } from 'node:timers/promises';
import type { Clock } from './ports/clock.ts';

/** The clock of the machine. */
export const systemClock: Clock = createClock({ origin: 0, scale: 1 });

/**
 * A clock that runs `scale` times as fast as the machine's since `origin` (milliseconds since the epoch): the
 * embedded forge keeps the origin, so that app and forge agree and a kill changes nothing.
 */
export function createClock({ origin, scale }: { origin: number; scale: number }): Clock {
  return {
    now: () => new Date(origin + (Date.now() - origin) * scale),
    async sleep(ms, signal) {
      if (signal?.aborted) return;
      await sleepFor(Math.min(2 ** 31 - 1, Math.max(1, ms / scale)), undefined, signal ? { signal } : {}).catch(
        () => undefined,
      );
    },
  };
}
