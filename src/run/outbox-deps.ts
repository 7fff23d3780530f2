import type { Clock, Forge, PolicySource, RepoRef, Store } from '../ports.ts';

/** What the outbox and its parts need. */
export interface OutboxDeps {
  store: Store;
  forge: Forge;
  clock: Clock;
  policy: PolicySource;
  repo: RepoRef;
  /** Why nothing may be published now; undefined when it may. */
  stopped(): string | undefined;
  log(sentence: string): void;
}
