import type { FaultRule, Faults } from '../faults.ts';
import type { ForgeState } from '../forge-state.ts';
import type { HookEvent } from '../state/entities.ts';
import { deliver } from './deliver.ts';
import { forgetEvent, forgetOldEvents } from './forget-events.ts';

/** Deliveries under way at once; the rest wait in order. */
const PARALLEL = 16;
/** How long a reordered delivery waits for another to overtake it; milliseconds of the forge's clock. */
const REORDER_WAIT_MS = 5_000;

/** Carries hook events to the app. */
export interface Courier {
  /** Resolves when nothing is waiting, held back or under way. */
  idle(): Promise<void>;
  /** Stops at once; what was not delivered is sent at the next start. */
  stop(): Promise<void>;
}

interface Errand {
  event: HookEvent;
  redelivery: boolean;
  /** True when a fault drops it on the way. */
  dropped: boolean;
  /** A held delivery that this one overtakes. */
  overtakes: NodeJS.Timeout | null;
}

/** Starts the courier; events recorded but never attempted before a crash go first. */
export function startCourier(forge: ForgeState, faults: Faults): Courier {
  const abort = new AbortController();
  const waiting: Errand[] = [];
  const underWay = new Set<Promise<unknown>>();
  const held = new Map<NodeJS.Timeout, Errand>();

  const start = () => {
    while (!abort.signal.aborted && underWay.size < PARALLEL) {
      const errand = waiting.shift();
      if (!errand) return;
      const trip = deliver(forge, errand, abort.signal);
      underWay.add(trip);
      void trip.finally(() => {
        underWay.delete(trip);
        if (errand.overtakes) release(errand.overtakes);
        start();
      });
    }
  };
  const queue = (errand: Errand) => {
    waiting.push(errand);
    // Not in the same tick: the request that caused the event answers first.
    setImmediate(start);
  };
  const hold = (errand: Errand, ms: number) => {
    const timer = setTimeout(() => release(timer), forge.clock.realMs(ms));
    held.set(timer, errand);
    return timer;
  };
  const release = (timer: NodeJS.Timeout) => {
    clearTimeout(timer);
    const errand = held.get(timer);
    if (held.delete(timer) && errand) queue(errand);
  };
  let overtakable: NodeJS.Timeout | null = null;
  const send = (event: HookEvent, redelivery: boolean) => {
    const fault = strike(faults, event);
    const errand: Errand = { event, redelivery, dropped: fault?.kind === 'drop', overtakes: null };
    if (fault?.kind === 'lose') return forgetEvent(forge, event);
    if (fault?.kind === 'delay') return void hold(errand, fault.delayMs ?? 0);
    if (fault?.kind === 'reorder') {
      overtakable = hold(errand, fault.delayMs ?? REORDER_WAIT_MS);
      return;
    }
    queue({ ...errand, overtakes: overtakable });
    overtakable = null;
    if (fault?.kind === 'duplicate') queue(errand);
  };

  for (const event of forge.store.all('hookEvent')) {
    if (forge.store.groupSize('delivery', event.guid) === 0) send(event, false);
  }
  forge.send = (event, redelivery) => {
    forgetOldEvents(forge);
    send(event, redelivery);
  };
  const idle = async () => {
    while (waiting.length + underWay.size + held.size > 0) {
      await Promise.all([...underWay, new Promise((go) => setTimeout(go, 1))]);
    }
  };
  const stop = async () => {
    waiting.length = 0;
    for (const timer of held.keys()) clearTimeout(timer);
    held.clear();
    abort.abort();
    await Promise.allSettled(underWay);
  };
  return { idle, stop };
}

function strike(faults: Faults, event: HookEvent): FaultRule | null {
  const name = event.action === null ? event.event : `${event.event}.${event.action}`;
  return faults.strike(['drop', 'lose', 'duplicate', 'reorder', 'delay'], { event: name });
}
