import type { ForgeState } from '../forge-state.ts';
import type { Delivery, HookEvent } from '../state/entities.ts';
import { deliver } from './deliver.ts';

/** Deliveries under way at once; the rest wait in order. */
const PARALLEL = 16;
/** Hook events kept for the log and for redelivery; GitHub keeps three days, a laptop keeps a number. */
const KEPT_EVENTS = 2_000;

/** Carries hook events to the app. */
export interface Courier {
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
  /** Stops at once; what was not delivered is sent at the next start. */
  stop(): Promise<void>;
}

interface Errand {
  event: HookEvent;
  redelivery: boolean;
}

/** Starts the courier; events recorded but never attempted before a crash go first. */
export function startCourier(forge: ForgeState): Courier {
  const abort = new AbortController();
  const waiting: Errand[] = [];
  const underWay = new Set<Promise<Delivery | null>>();
  const next = () => {
    while (!abort.signal.aborted && underWay.size < PARALLEL) {
      const errand = waiting.shift();
      if (!errand) return;
      const trip = deliver(forge, errand.event, errand.redelivery, abort.signal);
      underWay.add(trip);
      void trip.finally(() => {
        underWay.delete(trip);
        next();
      });
    }
  };
  const send = (event: HookEvent, redelivery: boolean) => {
    waiting.push({ event, redelivery });
    // Not in the same tick: the request that caused the event answers first.
    setImmediate(next);
  };
  for (const event of forge.store.all('hookEvent')) {
    if (forge.store.groupSize('delivery', event.guid) === 0) send(event, false);
  }
  forge.send = (event, redelivery) => {
    forgetOld(forge);
    send(event, redelivery);
  };
  const idle = async () => {
    while (waiting.length + underWay.size > 0) await Promise.all([...underWay, new Promise((go) => setImmediate(go))]);
  };
  return {
    idle,
    stop: async () => {
      waiting.length = 0;
      abort.abort();
      await Promise.allSettled(underWay);
    },
  };
}

function forgetOld(forge: ForgeState): void {
  const excess = forge.store.size('hookEvent') - KEPT_EVENTS;
  // In batches, because finding the oldest walks the table.
  if (excess < KEPT_EVENTS / 10) return;
  forge.store.transact(() => {
    for (const event of forge.store.all('hookEvent').slice(0, excess)) {
      for (const delivery of forge.store.group('delivery', event.guid)) forge.store.remove('delivery', delivery.id);
      forge.store.remove('hookEvent', event.guid);
    }
  });
}
