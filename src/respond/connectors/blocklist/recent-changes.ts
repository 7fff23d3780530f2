import { type Entity, entityKey } from '../../../domain/entity.ts';
import type { Held } from '../../held-after.ts';

/** How long after it ended a change may still be missing from what another order was drawn up with, in milliseconds. */
const graceMs = 10_000;

export interface Change {
  target: Entity;
  held: Held | undefined;
  /** By the monotonic clock; undefined while it runs or waits. */
  endedAt: number | undefined;
}

/**
 * Changes of one list that overlap in time. An order carries the whole list as it was when the order was drawn up: two
 * at once do not know of each other, and the later write would drop the earlier one's target without this.
 */
export class RecentChanges {
  readonly #changes = new Map<string, Change>();

  begin(target: Entity, held: Held | undefined): Change {
    const change = { target, held, endedAt: undefined };
    this.#changes.set(entityKey(target), change);
    return change;
  }

  end(change: Change, done: boolean): void {
    const key = entityKey(change.target);
    if (done) change.endedAt = performance.now();
    else if (this.#changes.get(key) === change) this.#changes.delete(key);
  }

  /** What is to hold, corrected by what happened meanwhile. */
  over(holding: { target: Entity; expiresAt: Date | undefined }[], now: Date): Entity[] {
    const oldest = performance.now() - graceMs;
    for (const [key, { endedAt }] of this.#changes) {
      if (endedAt !== undefined && endedAt < oldest) this.#changes.delete(key);
    }
    const live = holding.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now);
    const known = live.map(({ target }) => target).filter((target) => !this.#changes.has(entityKey(target)));
    const meanwhile = [...this.#changes.values()].filter(({ held }) => held && !(held.until && held.until <= now));
    return [...known, ...meanwhile.map(({ target }) => target)];
  }
}
