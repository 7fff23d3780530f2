import { sentenceOf } from '../domain/error.ts';
import type { Clock } from '../ports/clock.ts';

/** One worker: does a step while there is work, then sleeps until woken, until it is time, or for `idleMs`. */
export interface Loop {
  wake(): void;
  /** Ends after the step that runs now. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  name: string;
  clock: Clock;
  /** True when there may be more to do now; else when to look next. */
  step(): Promise<boolean | { again: boolean; at?: Date }>;
  idleMs: number;
  /** The least rest after a step with nothing to do, also when it is woken: many who wake it ask once. */
  paceMs?: number;
  log(sentence: string): void;
}

/** Longest wait after failures in a row. */
const longestWaitMs = 30_000;

export function startLoop(options: LoopOptions): Loop {
  const { clock, idleMs, paceMs = 0 } = options;
  let stopping = false;
  let woken = false;
  let rest = new AbortController();
  const ending = new AbortController();
  let failures = 0;

  async function run(): Promise<void> {
    while (!stopping) {
      const wait = await once();
      if (wait <= 0 || stopping) {
        // A worker with much to do must not keep the others from their turn.
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      const pace = Math.min(wait, paceMs);
      if (pace > 0) await clock.sleep(pace, ending.signal);
      if (!woken && wait > pace) await clock.sleep(wait - pace, rest.signal);
      woken = false;
      rest = new AbortController();
    }
  }

  async function once(): Promise<number> {
    try {
      const result = await options.step();
      failures = 0;
      const { again, at } = typeof result === 'boolean' ? { again: result, at: undefined } : result;
      if (again) return 0;
      return at === undefined ? idleMs : Math.max(1, Math.min(idleMs, at.getTime() - clock.now().getTime()));
    } catch (error) {
      failures += 1;
      options.log(`${options.name}: ${sentenceOf(error)}`);
      return Math.min(longestWaitMs, 250 * 2 ** Math.min(failures, 10));
    }
  }

  const running = run();
  return {
    wake() {
      woken = true;
      rest.abort();
    },
    async stop() {
      stopping = true;
      rest.abort();
      ending.abort();
      await running;
    },
  };
}
