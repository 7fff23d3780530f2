import type { Clock } from '../ports/clock.ts';
import type { Forge, RepoRef } from '../ports/forge.ts';
import type { Sql } from '../ports/store.ts';
import { lastHeard, untoldBetween } from '../store/heard.ts';

/** Whether GitHub's webhooks come; where they do not, one sentence says why that is thought. */
export type Hearing = { webhooks: true } | { webhooks: false; because: string };

export interface HearingDeps {
  store: Sql;
  clock: Clock;
  /** False when the settings say that none will come. */
  expected: boolean;
}

/** How long a webhook may be under way, in milliseconds. */
const underWayMs = 30_000;

/** How much earlier than what it tells of a webhook may arrive by our clocks: before the request that caused it ends. */
const aheadMs = 10_000;

/**
 * Webhooks come as long as nothing is known that one should have told of: everything we write to GitHub comes back as
 * one, so silence shows within a minute of the first issue. The next webhook that arrives ends it.
 */
export async function hear({ store, clock, expected }: HearingDeps): Promise<Hearing> {
  if (!expected) return { webhooks: false, because: 'YAGURA_WEBHOOKS is off' };
  const last = await lastHeard(store);
  if (last === undefined) return { webhooks: false, because: 'no webhook has come yet' };
  const from = new Date(last.getTime() + aheadMs);
  const untold = await untoldBetween(store, from, new Date(clock.now().getTime() - underWayMs));
  if (!untold) return { webhooks: true };
  return { webhooks: false, because: `no webhook has come since ${last.toISOString().slice(0, 19)}Z` };
}

/** The part of an hour's requests that asking often may not use. */
const reserve = 0.2;

/**
 * Whether enough of this hour's requests is left to ask often, of a repository or of everything: a fifth is kept for what
 * is written.
 */
export async function maySpend(forge: Pick<Forge, 'requestsLeft'>, repo?: RepoRef): Promise<boolean> {
  const budget = await forge.requestsLeft(repo);
  return budget === undefined || budget.left > budget.limit * reserve;
}
