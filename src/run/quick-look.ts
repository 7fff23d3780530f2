import { isBusy } from '../store/heard.ts';
import { type HearingDeps, hear, maySpend } from './hearing.ts';
import { roomRepository } from './room-repository.ts';
import { lookAt, lookAtComments, type SweepDeps } from './sweep.ts';

/** How far back it reaches; whatever is older the sweep finds, which looks every minute. */
const reachMs = 120_000;

/** Milliseconds to the next look: while somebody may be waiting and no webhook comes, and else. */
const busyMs = 10_000;
const calmMs = 20_000;

/**
 * Asks for comments more often than the sweep, as long as enough of the hour's requests is left there, so that a command is
 * answered within half a minute also when its webhook is lost, and on what is closed: most often while an incident is open
 * or a command is worked off. Where none come, issues are asked for too; where they do, what a person did to an issue is
 * told by its webhook, with who it was. The moment asked from moves once a minute, so that the looks of one minute at what
 * is quiet cost one.
 */
export async function quickLookStep(
  deps: SweepDeps & Pick<HearingDeps, 'expected'>,
): Promise<{ looked: boolean; nextMs: number }> {
  const { webhooks } = await hear(deps);
  const nextMs = !webhooks && (await isBusy(deps.store)) ? busyMs : calmMs;
  const from = deps.clock.now().getTime() - reachMs;
  const since = new Date(from - (from % 60_000));
  const look = webhooks ? lookAtComments : lookAt;
  let looked = false;
  for (const room of deps.rooms.keys()) {
    if (!(await maySpend(deps.forge, roomRepository(room, deps.repo)))) continue;
    await deps.rooms.visit(room, () => look(deps, room, since));
    looked = true;
  }
  return { looked, nextMs };
}
