import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { PartOptions } from './part.ts';

export interface Worker {
  pid: number;
  /** Sends an order and resolves to the worker's answer to it; one order at a time. */
  ask<Answer>(order: unknown): Promise<Answer>;
}

/** Starts `workers/<name>.ts` as a process of its own, which ends with the part. */
export function startWorker(part: PartOptions, name: string): Worker {
  const child = fork(fileURLToPath(new URL(`./workers/${name}.ts`, import.meta.url)), {
    serialization: 'advanced',
    // As the launcher starts the app; those it is compared with get the same.
    execArgv: ['--max-semi-space-size=8'],
  });
  const ended = once(child, 'exit');
  part.onEnd(async () => {
    if (child.connected) child.disconnect();
    await ended;
  });
  return {
    pid: child.pid ?? 0,
    async ask<Answer>(order: unknown) {
      const gone = ended.then(() => Promise.reject(new Error(`bench/workers/${name}.ts ended`)));
      gone.catch(() => undefined);
      child.send(order as object);
      const [answer] = (await Promise.race([once(child, 'message'), gone])) as [Answer];
      return answer;
    },
  };
}

/** The worker's side: does what it is asked, and ends when nobody is left to ask. */
export function serveOrders<Order, Answer>(work: (order: Order) => Promise<Answer>): void {
  process.on('message', (order: Order) => {
    work(order).then(
      (answer) => process.send?.(answer),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on('disconnect', () => process.exit(0));
}
