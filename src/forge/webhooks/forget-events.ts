import type { ForgeState } from '../forge-state.ts';
import type { HookEvent } from '../state/entities.ts';

/** Hook events kept for the log and for redelivery; GitHub keeps three days, a laptop keeps a number. */
const KEPT_EVENTS = 2_000;

/** Removes an event and its deliveries from the log. */
export function forgetEvent(forge: ForgeState, event: HookEvent): void {
  for (const delivery of forge.store.group('delivery', event.guid)) forge.store.remove('delivery', delivery.id);
  forge.store.remove('hookEvent', event.guid);
}

/** Removes the oldest events above the number kept; in batches, because finding them walks the table. */
export function forgetOldEvents(forge: ForgeState): void {
  const excess = forge.store.size('hookEvent') - KEPT_EVENTS;
  if (excess < KEPT_EVENTS / 10) return;
  forge.store.transact(() => {
    for (const event of forge.store.all('hookEvent').slice(0, excess)) forgetEvent(forge, event);
  });
}
