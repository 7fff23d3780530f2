import type { Host } from './investigate/agent/host.ts';
import type { Order } from './investigate/agent/order.ts';
import { runOrder } from './investigate/agent/run-order.ts';
import { openModel } from './model/open-model.ts';
import type { Model } from './ports/model.ts';

/**
 * The investigator's process. Its environment holds the model's key and no other secret, it may read its own code and
 * nothing else, and all it can do is ask its parent: see docs/decisions/0011-an-investigator-of-its-own.md.
 */

/** What the parent sends. */
export type ToAgent =
  | { do: 'run'; id: string; order: Order }
  | { do: 'abort'; id: string }
  | { do: 'answer'; call: number; value: unknown }
  | { do: 'fail'; call: number; why: string };

/** What it sends back. */
export type FromAgent =
  | { did: 'call'; id: string; call: number; method: keyof Host; args: unknown[] }
  | { did: 'ran'; id: string; ran: unknown }
  | { did: 'broke'; id: string; why: string };

const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
const running = new Map<string, AbortController>();
let calls = 0;
let model: Model | undefined;

function send(message: FromAgent): void {
  process.send?.(message);
}

function hostOf(id: string): Host {
  const call =
    (method: keyof Host) =>
    (...args: unknown[]): Promise<never> => {
      calls += 1;
      const number = calls;
      return new Promise((resolve, reject) => {
        waiting.set(number, { resolve: resolve as (value: unknown) => void, reject });
        send({ did: 'call', id, call: number, method, args });
      });
    };
  return {
    before: call('before'),
    after: call('after'),
    ask: call('ask'),
    extracted: call('extracted'),
    evidence: call('evidence'),
  };
}

async function run(id: string, order: Order): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    model ??= openModel(process.env);
    send({ did: 'ran', id, ran: await runOrder(order, model, hostOf(id), controller.signal) });
  } catch (error) {
    send({ did: 'broke', id, why: error instanceof Error ? error.message : String(error) });
  } finally {
    running.delete(id);
  }
}

process.on('message', (message: ToAgent) => {
  if (message.do === 'run') void run(message.id, message.order);
  else if (message.do === 'abort') running.get(message.id)?.abort();
  else {
    const call = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.do === 'answer') call?.resolve(message.value);
    else call?.reject(new Error(message.why));
  }
});
// A parent that is gone asks nothing any more.
process.on('disconnect', () => process.exit(0));
