import { dayOf } from '../domain/zoned-time.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { adoptListed } from '../store/stand-again.ts';

export interface AdopterDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource & Pick<LivePolicySource, 'state'>;
}

/**
 * What is to happen after every look at the policy: under each newest commit that is good, and once more each day, what it
 * adopts of what stands in the lists is given issues. Nobody waits for it: it reads all of the inventory. Says whether any was given one.
 */
export function createAdopter({ store, clock, policy }: AdopterDeps): () => Promise<boolean> {
  let adoptedOn: string | undefined;
  return async () => {
    const [now, inForce] = [clock.now(), policy.current()];
    const turn = `${inForce.commit} ${dayOf(now, inForce.timeZone)}`;
    if (policy.state().is !== 'good' || turn === adoptedOn) return false;
    const adopted = await adoptListed(store, { now, policy: inForce });
    adoptedOn = turn;
    return adopted;
  };
}
