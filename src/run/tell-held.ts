import { policyIn } from '../domain/room.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { heldComment, heldMentioned } from '../publish/digest.ts';
import type { DigestOf } from '../store/digest.ts';
import { markTold, untoldHeld } from '../store/held.ts';
import { sayOnIssue } from '../store/publications.ts';

/**
 * One comment in a digest, to whom the policy names, about what is critical, held back and was not told there yet; one an
 * hour at most. Says whether there is one.
 */
export async function tellHeld(
  { store, clock, policy }: { store: Store; clock: Clock; policy: PolicySource },
  of: DigestOf,
): Promise<boolean> {
  const untold = await untoldHeld(store, of);
  const here = policyIn(policy.current(), of.room);
  const text = untold && heldComment(untold, here);
  if (!untold || text === undefined) return false;
  const now = clock.now();
  const on = { room: of.room, issue: untold.issue };
  const key = `held:${of.day}:${of.room}:${now.toISOString().slice(0, 13)}`;
  const numbers = untold.held.map(({ number }) => number);
  return store.transaction(async (tx) => {
    const mentions = { who: heldMentioned(untold.held, here), only: true };
    const said = await sayOnIssue(tx, now, { key, on, text, priority: 2, mentions });
    if (said) await markTold(tx, now, of, numbers);
    return said;
  });
}
