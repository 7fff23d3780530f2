import { defaultRoom, roomOf } from '../domain/room.ts';
import { dayOf, startOfDay } from '../domain/zoned-time.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { endDigests, touchDigest } from '../store/digest.ts';
import { carryHeld } from '../store/held.ts';
import { ageInventory } from '../store/inventory.ts';
import { tellHeld } from './tell-held.ts';

/**
 * What a new day changes, in each room by its own clock: digests of days before close, what was held back and
 * is high or critical goes on standing in the new one, and what is in the inventory is a day
 * older. What is critical and held back is told as it comes. Says whether anything is to be sent.
 */
export async function turnDay({
  store,
  clock,
  policy,
}: {
  store: Store;
  clock: Clock;
  policy: PolicySource;
}): Promise<boolean> {
  const now = clock.now();
  const inForce = policy.current();
  let turned = false;
  for (const room of [defaultRoom, ...inForce.rooms.map(({ key }) => key)]) {
    const { timeZone } = roomOf(inForce, room);
    const today = { room, day: dayOf(now, timeZone) };
    if ((await carryHeld(store, today)) > 0) {
      await touchDigest(store, now, today);
      turned = true;
    }
    // What is proposed for the day's incidents is known only once they were looked at.
    if (inForce.observed && inForce.quiet.on) await touchDigest(store, now, today);
    turned = (await tellHeld({ store, clock, policy }, today)) || turned;
    turned = (await endDigests(store, today)) || turned;
    turned = (await ageInventory(store, startOfDay(now, timeZone), room)) || turned;
  }
  return turned;
}
