import { defaultRoom } from '../domain/room.ts';
import { ForgeError } from '../ports.ts';
import { isBusy } from '../store/heard.ts';
import { type HearingDeps, hear, maySpend } from './hearing.ts';
import { lookAt, type SweepDeps } from './sweep.ts';

/** How far back it reaches; whatever is older the sweep finds, which looks every minute. */
const reachMs = 120_000;

/**
 * Asks for comments and issues where webhooks do not come, while an incident is open or a command is worked off, and as
 * long as enough of the hour's requests is left. The moment asked from moves once a minute, so that of six looks at what
 * is quiet five are free. True when it looked.
 */
export async function quickLookStep(deps: SweepDeps & Pick<HearingDeps, 'expected'>): Promise<boolean> {
  const { webhooks } = await hear(deps);
  if (webhooks || !(await isBusy(deps.store)) || !(await maySpend(deps.forge))) return false;
  const from = deps.clock.now().getTime() - reachMs;
  const since = new Date(from - (from % 60_000));
  for (const room of deps.rooms()) {
    await lookAt(deps, room, since).catch((error: unknown) => {
      // The sweep says of another room that it cannot be read.
      if (room === defaultRoom || !(error instanceof ForgeError)) throw error;
    });
  }
  return true;
}
