import type { Clock } from '../ports/clock.ts';
import type { Forge, RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import type { OpenRooms } from './open-rooms.ts';

/** What the outbox and its parts need. */
export interface OutboxDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: PolicySource;
  /** The default issue repository. */
  repo: RepoRef;
  /** What belongs in a room that is not among them waits. */
  rooms: OpenRooms;
  /** The repository all of whose readers see what a resource of the policy holds; undefined when there is none. */
  shownIn(resource: string): RepoRef | undefined;
  /** Latest a creation that was never answered can still arrive, in milliseconds of the clock: the adapter's time-out. */
  arrivalMs: number;
  /** Why nothing may be published now; undefined when it may. */
  stopped(): string | undefined;
  log(sentence: string): void;
}
