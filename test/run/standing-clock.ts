import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

interface Sleeper {
  due: number;
  wake(): void;
}

/** A clock that stands until the test moves it, and goes from one sleeper's time to the next. */
export interface StandingClock extends Clock {
  /** Moves it; everybody who wakes meanwhile has come to rest before it goes on, when `resting` sleep at a time. */
  pass(seconds: number, resting: number): Promise<void>;
}

/** How long one round of work may take on a busy machine, in milliseconds of the machine. */
const patienceMs = 20_000;

export function standingClock(from: Date): StandingClock {
  let at = from.getTime();
  const sleepers = new Set<Sleeper>();

  async function rest(count: number): Promise<void> {
    const end = Date.now() + patienceMs;
    while (sleepers.size < count) {
      if (Date.now() > end) throw new Error(`of ${count} loops ${sleepers.size} came to rest`);
      await pause(1);
    }
  }

  return {
    now: () => new Date(at),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper: Sleeper = {
          due: at + Math.max(1, ms),
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', sleeper.wake);
      }),
    async pass(seconds, resting) {
      const end = at + seconds * 1000;
      for (;;) {
        await rest(resting);
        const next = Math.min(end, ...[...sleepers].map(({ due }) => due));
        at = Math.max(at, next);
        const due = [...sleepers].filter((one) => one.due <= at);
        for (const one of due) one.wake();
        if (at >= end && due.length === 0) return;
      }
    },
  };
}
