import type { ForgeClock } from './clock.ts';
import type { Limits } from './limits.ts';
import type { HookEvent } from './state/entities.ts';
import type { EntityStore } from './state/entity-store.ts';

/**
 * What every operation, view, route and page is given: the state and the few settings that shape its output.
 * Reading goes through `store`, `lookups.ts` and `views/`; changing through `operations/`.
 */
export interface ForgeState {
  store: EntityStore;
  clock: ForgeClock;
  limits: Limits;
  /** Where pages live, without a trailing slash: `http://localhost:3000`. */
  url: string;
  /** Where the REST API lives: `url` + `/api/v3`. */
  apiUrl: string;
  /** Hands a hook event to the courier, again under its old GUID for a redelivery. */
  send(event: HookEvent, redelivery: boolean): void;
}
