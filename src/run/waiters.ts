import { approvalsStep, nextApproval } from './approvals.ts';
import { callLaterStep } from './call-later.ts';
import type { LoopOptions } from './loop.ts';
import type { Notifier } from './notifier.ts';
import { nextToAsk, type OnCallDeps, onCallStep } from './on-call.ts';

/** What a loop does, how long it rests, and how long at least. */
export type LoopRow = Pick<LoopOptions, 'step' | 'idleMs' | 'paceMs'>;

/** Who waits for a time or for what others do: they look at rows that any of the others may have changed. */
export const waiting = ['approvals', 'on-call', 'notifier'] as const;

/** The least rest between two looks, and how often they look when nobody wakes them, in milliseconds: for what was missed. */
const paceMs = 1_000;
const idleMs = 60_000;

type Wake = (...names: string[]) => void;

/** The same loop, which tells those who wait when it did something. */
export function telling(row: LoopRow, wake: Wake): LoopRow {
  const step: LoopRow['step'] = async () => {
    const result = await row.step();
    if (typeof result === 'boolean' ? result : result.again) wake(...waiting);
    return result;
  };
  return { ...row, step };
}

/** They rest until their next time comes or somebody did something, and ask the database once a second at most. */
export function waiters(
  deps: OnCallDeps & { notifier: Notifier; wake: Wake },
): Record<(typeof waiting)[number], LoopRow> {
  const { clock, notifier, wake } = deps;
  const until = (step: typeof onCallStep, next: typeof nextApproval): LoopRow => ({
    idleMs,
    paceMs,
    step: async () => {
      if (await step(deps)) {
        wake('outbox');
        return true;
      }
      const at = await next(deps);
      // Of what is due and was not done something else is waited for.
      const soon = clock.now().getTime() + paceMs;
      return at === undefined ? false : { again: false, at: new Date(Math.max(soon, at.getTime())) };
    },
  });
  return {
    approvals: until(approvalsStep, nextApproval),
    'on-call': until(async () => (await onCallStep(deps)) || callLaterStep(deps), nextToAsk),
    notifier: { idleMs, paceMs, step: notifier.step },
  };
}
