import type { FaultRule, Faults } from '../faults.ts';
import type { ForgeState } from '../forge-state.ts';
import type { HookEvent } from '../state/entities.ts';
import { deliver } from './deliver.ts';
import { forgetEvent, forgetOldEvents } from './forget-events.ts';

/** Deliveries under way at once; the rest wait in order. */
const PARALLEL = 16;
/** How long a reordered delivery waits for another to overtake it; milliseconds of the forge's clock. */
const REORDER_WAIT_MS = 5_000;

interface Errand {
  event: HookEvent;
  redelivery: boolean;
  /** True when a fault drops it on the way. */
  dropped: boolean;
  /** A held delivery that this one overtakes. */
  overtakes: NodeJS.Timeout | null;
}

/** Carries hook events to the app. Created running: events recorded but never attempted before a crash go first. */
export class Courier {
  #forge: ForgeState;
  #faults: Faults;
  #abort = new AbortController();
  #waiting: Errand[] = [];
  #underWay = new Set<Promise<void>>();
  #held = new Map<NodeJS.Timeout, Errand>();
  #overtakable: NodeJS.Timeout | null = null;

  constructor(forge: ForgeState, faults: Faults) {
    this.#forge = forge;
    this.#faults = faults;
    for (const event of forge.store.all('hookEvent')) {
      if (forge.store.groupSize('delivery', event.guid) === 0) this.#send(event, false);
    }
    forge.send = (event, redelivery) => {
      forgetOldEvents(forge);
      this.#send(event, redelivery);
    };
  }

  /** Resolves when nothing is waiting, held back or under way. */
  async idle(): Promise<void> {
    while (this.#waiting.length + this.#underWay.size + this.#held.size > 0) {
      await Promise.all([...this.#underWay, new Promise((go) => setTimeout(go, 1))]);
    }
  }

  /** Stops at once; what was not delivered is sent at the next start. */
  async stop(): Promise<void> {
    this.#waiting.length = 0;
    for (const timer of this.#held.keys()) clearTimeout(timer);
    this.#held.clear();
    this.#abort.abort();
    await Promise.allSettled(this.#underWay);
  }

  #send(event: HookEvent, redelivery: boolean): void {
    const fault = strike(this.#faults, event);
    const errand: Errand = { event, redelivery, dropped: fault?.kind === 'drop', overtakes: null };
    if (fault?.kind === 'lose') forgetEvent(this.#forge, event);
    else if (fault?.kind === 'delay') this.#hold(errand, fault.delayMs ?? 0);
    else if (fault?.kind === 'reorder') this.#overtakable = this.#hold(errand, fault.delayMs ?? REORDER_WAIT_MS);
    else {
      this.#queue({ ...errand, overtakes: this.#overtakable });
      this.#overtakable = null;
      if (fault?.kind === 'duplicate') this.#queue(errand);
    }
  }

  #queue(errand: Errand): void {
    this.#waiting.push(errand);
    // Not in the same tick: the request that caused the event answers first.
    setImmediate(() => this.#start());
  }

  #start(): void {
    while (!this.#abort.signal.aborted && this.#underWay.size < PARALLEL) {
      const errand = this.#waiting.shift();
      if (!errand) return;
      const trip = deliver(this.#forge, errand, this.#abort.signal);
      this.#underWay.add(trip);
      void trip.finally(() => {
        this.#underWay.delete(trip);
        if (errand.overtakes) this.#release(errand.overtakes);
        this.#start();
      });
    }
  }

  #hold(errand: Errand, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => this.#release(timer), this.#forge.clock.realMs(ms));
    this.#held.set(timer, errand);
    return timer;
  }

  #release(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    const errand = this.#held.get(timer);
    if (this.#held.delete(timer) && errand) this.#queue(errand);
  }
}

function strike(faults: Faults, event: HookEvent): FaultRule | null {
  const name = event.action === null ? event.event : `${event.event}.${event.action}`;
  return faults.strike(['drop', 'lose', 'duplicate', 'reorder', 'delay'], { event: name });
}
