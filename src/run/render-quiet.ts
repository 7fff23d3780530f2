import type { Policy } from '../domain/policy.ts';
import { policyIn } from '../domain/room.ts';
import { dayOf, startOfDay } from '../domain/zoned-time.ts';
import { digestLimits, renderDigest } from '../publish/digest.ts';
import { inventoryLimits, renderInventory } from '../publish/inventory.ts';
import { quietVerdicts } from '../publish/needs-human.ts';
import { wouldHavePart } from '../publish/would-have.ts';
import { type DigestOf, digestOfKey, loadDigest } from '../store/digest.ts';
import { loadInventory } from '../store/inventory.ts';
import { loadObserved } from '../store/observed.ts';
import type { DuePublication } from '../store/publications.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import type { Rendered } from './render-publication.ts';

/** A room's inventory as it is to stand. */
export async function inventoryRendered(deps: OutboxDeps, room: string): Promise<Rendered> {
  const policy = policyIn(deps.policy.current(), room);
  const today = startOfDay(deps.clock.now(), policy.timeZone);
  const inventory = await loadInventory(deps.store, room, { today, ...inventoryLimits });
  return { ...renderInventory(inventory, room, policy), labels: [], counts: true, state: 'open' };
}

/**
 * A digest as it is to stand: closed once its day is over where it is read. Undefined when it has no issue yet and needs
 * none any more: what it was for has one of its own, or the policy has turned up meanwhile and wants no word about it.
 */
export async function digestRendered(
  deps: OutboxDeps,
  { key, remoteId }: Pick<DuePublication, 'key' | 'remoteId'>,
): Promise<Rendered | undefined> {
  const { room, day } = digestOfKey(key);
  const policy = policyIn(deps.policy.current(), room);
  const now = deps.clock.now();
  const digest = await loadDigest(deps.store, { room, day }, digestLimits);
  const over = day < dayOf(now, policy.timeZone);
  const wouldHave = policy.observed ? await wouldHaveOf(deps, { room, day }, policy) : '';
  const listed = digest.held.length + digest.groups.length + digest.settled;
  if (remoteId === null && listed === 0 && wouldHave === '') return undefined;
  return {
    ...renderDigest(day, key, digest, policy, wouldHave),
    labels: [],
    counts: true,
    ...(over ? { state: 'closed', stateReason: 'completed' } : { state: 'open' }),
  };
}

async function wouldHaveOf(deps: OutboxDeps, of: DigestOf, policy: Policy): Promise<string> {
  const limits = { limit: digestLimits.observed, quiet: quietVerdicts };
  const { observed, total } = await loadObserved(deps.store, of, limits);
  return wouldHavePart(observed, total, policy);
}
