/** GitHub creations sent, newest last, in milliseconds; each the latest moment it can have arrived. */
export interface BudgetLimits {
  perHour: number;
  perMinute: number;
}

/** A third of each window is kept for priority 2 and above: new high or critical incidents and receipts. */
const reserve = 1 / 3;

const minute = 60_000;
const hour = 3_600_000;

/**
 * When the next creation of this priority may be sent, in milliseconds since the epoch; `now` when at once.
 * Sliding windows: in any 60 s and any 3,600 s no more than the limits arrive.
 */
export function nextCreation(sent: number[], now: number, limits: BudgetLimits, priority: number): number {
  const share = (limit: number) => Math.max(1, priority >= 2 ? limit : Math.floor(limit * (1 - reserve)));
  return Math.max(
    windowFree(sent, now, minute, share(limits.perMinute)),
    windowFree(sent, now, hour, share(limits.perHour)),
  );
}

function windowFree(sent: number[], now: number, window: number, limit: number): number {
  const inside = sent.filter((at) => at > now - window).sort((a, b) => a - b);
  const blocking = inside[inside.length - limit];
  return blocking === undefined ? now : blocking + window + 1;
}
