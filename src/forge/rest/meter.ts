import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** docs.github.com, "Calculating points for the secondary rate limit". */
const READ_POINTS = 1;
const WRITE_POINTS = 5;
const SECONDARY_PAGE =
  'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits';

/** A request as the budgets see it. */
interface Charge {
  actor: string;
  write: boolean;
  creates: boolean;
}

/** Keeps GitHub's budgets for every actor, in the forge's time. */
export interface Meter {
  /** Charges a request or refuses it with GitHub's 403. */
  charge(charge: Charge): void;
  /** Gives back the primary request of an answer that cost nothing (304). */
  refund(actor: string): void;
  /** The `x-ratelimit-*` headers of an actor; none while the limit is off. */
  headers(actor: string, resource?: string): Record<string, string>;
}

interface Budget {
  /** Times of creations within the last hour and costs within the last minute, oldest first. */
  creations: number[];
  points: { at: number; cost: number }[];
  spent: number;
  used: number;
  resetAt: number;
}

/** Budgets as the write log left them, so that a restart does not make anybody rich. */
export function newMeter(forge: ForgeState): Meter {
  const budgets = new Map<string, Budget>();
  const budgetOf = (actor: string): Budget => {
    const now = forge.clock.now();
    const found = budgets.get(actor) ?? { creations: [], points: [], spent: 0, used: 0, resetAt: now + HOUR_MS };
    if (now >= found.resetAt) Object.assign(found, { used: 0, resetAt: now + HOUR_MS });
    budgets.set(actor, found);
    return found;
  };
  for (const write of forge.store.all('write')) {
    if (write.creates && write.status < 400) budgetOf(write.actor).creations.push(write.at);
  }
  return {
    charge: (charge) => {
      const budget = budgetOf(charge.actor);
      const now = forge.clock.now();
      checkPrimary(forge, charge.actor, budget);
      checkPoints(forge, budget, now, charge.write ? WRITE_POINTS : READ_POINTS);
      if (charge.creates) checkCreations(forge, budget, now);
      budget.used++;
    },
    refund: (actor) => {
      budgetOf(actor).used--;
    },
    headers: (actor, resource) => headersOf(forge, budgetOf(actor), resource),
  };
}

function checkPrimary(forge: ForgeState, actor: string, budget: Budget): void {
  if (budget.used < forge.limits.requestsPerHour) return;
  throw new Refusal(403, `API rate limit exceeded for ${actor}.`, { headers: headersOf(forge, budget) });
}

function checkPoints(forge: ForgeState, budget: Budget, now: number, cost: number): void {
  for (let first = budget.points[0]; first && first.at <= now - MINUTE_MS; first = budget.points[0]) {
    budget.spent -= first.cost;
    budget.points.shift();
  }
  const oldest = budget.points[0];
  if (oldest && budget.spent + cost > forge.limits.pointsPerMinute) throw secondary(oldest.at + MINUTE_MS - now);
  budget.points.push({ at: now, cost });
  budget.spent += cost;
}

function checkCreations(forge: ForgeState, budget: Budget, now: number): void {
  const { creationsPerHour, creationsPerMinute } = forge.limits;
  budget.creations = budget.creations.filter((at) => at > now - HOUR_MS);
  const oldestOfHour = budget.creations.at(-creationsPerHour);
  if (budget.creations.length >= creationsPerHour && oldestOfHour !== undefined) {
    throw secondary(oldestOfHour + HOUR_MS - now);
  }
  const minute = budget.creations.filter((at) => at > now - MINUTE_MS);
  const oldestOfMinute = minute.at(-creationsPerMinute);
  if (minute.length >= creationsPerMinute && oldestOfMinute !== undefined) {
    throw secondary(oldestOfMinute + MINUTE_MS - now);
  }
  budget.creations.push(now);
}

/** GitHub's answer to who goes too fast; `waitMs` of the forge's time until it would be let through. */
export function secondary(waitMs: number): Refusal {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(waitMs / 1000))) };
  return new Refusal(403, message, { headers, page: SECONDARY_PAGE });
}

function headersOf(forge: ForgeState, budget: Budget, resource = 'core'): Record<string, string> {
  const limit = forge.limits.requestsPerHour;
  if (!Number.isFinite(limit)) return {};
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(Math.max(0, limit - budget.used)),
    'x-ratelimit-used': String(budget.used),
    'x-ratelimit-reset': String(Math.ceil(budget.resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
}
