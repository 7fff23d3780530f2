import { atMost } from '../domain/policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';

/**
 * What was active when we stopped may be gone from a firewall that restarted meanwhile: each task is applied and
 * verified again, which changes nothing where it still holds.
 */
export async function applyAgain(store: Store, policy: PolicySource, clock: Clock): Promise<void> {
  if (atMost(policy.current().mode, 'recommend')) return;
  await store.query(
    `update task set status = 'applying', due_at = $1 where status = 'active' and (expires_at is null or expires_at > $1)`,
    [clock.now()],
  );
}
