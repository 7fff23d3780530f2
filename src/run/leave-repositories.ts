import { eventOfScanner } from '../github/alert-steps.ts';
import { exposureEndWords } from '../messages/exposure-end.ts';
import { type AlertLook, allLooks, writeLook } from '../store/alert-looks.ts';
import { noteLeft, type OpenAlert, openAlertsOf } from '../store/github-alerts.ts';
import { type TakeAlert, takeAlert } from './take-alert.ts';

/** A repository that moved to another installation of ours is met there by then. */
const missedForMs = 600_000;

/** Alerts that are ended in one step. */
const alertsAStep = 200;

/** Why, as it is stored; an issue says it in its language. */
const why = exposureEndWords('en').unwatched;

/** What is needed to end alerts. */
export type LeaveDeps = TakeAlert & { log(sentence: string): void };

/** An installation whose repositories are held against what is watched. */
export interface LeftIn {
  installation: number;
  look: AlertLook;
  /** Numbers of the repositories that GitHub lists now and that are accepted. */
  watched: ReadonlySet<number>;
}

/**
 * Dismisses what GitHub's scanners have open in repositories that are watched no more: `watched` must be what GitHub
 * said, never what could not be asked. Returns true when there is more to do at once.
 */
export async function leaveRepositories(deps: LeaveDeps, { installation, look, watched }: LeftIn): Promise<boolean> {
  const now = deps.clock.now();
  const missing = look.repositories.filter((id) => !watched.has(id));
  if (missing.length > 0) {
    const since = now.toISOString();
    look.left = { ...look.left, ...Object.fromEntries(missing.map((id) => [id, { since }])) };
    look.repositories = look.repositories.filter((id) => watched.has(id));
    await writeLook(deps.store, installation, look);
  }
  const left = Object.entries(look.left ?? {});
  const due = left.filter(([, one]) => !one.ended && Date.parse(one.since) <= now.getTime() - missedForMs);
  if (due.length === 0) return false;
  const elsewhere = new Set((await allLooks(deps.store)).flatMap((one) => one.look.repositories));
  let ended = 0;
  for (const [id, one] of due) {
    if (elsewhere.has(Number(id))) delete look.left?.[id];
    else ended += await endSome(deps, installation, Number(id), one, alertsAStep - ended);
    if (ended >= alertsAStep) break;
  }
  await writeLook(deps.store, installation, look);
  return ended >= alertsAStep;
}

type Left = NonNullable<AlertLook['left']>[string];

/** Ends up to `most` alerts of a repository; `left` says from then on how far that is. */
async function endSome(
  deps: LeaveDeps,
  installation: number,
  repositoryId: number,
  left: Left,
  most: number,
): Promise<number> {
  const open = await openAlertsOf(deps.store, repositoryId, left.after ?? '0', most);
  for (const alert of open) {
    await end(deps, { installation, repositoryId, alert, at: left.since });
    left.after = alert.id;
  }
  if (open.length < most) left.ended = true;
  if (open.length > 0) deps.log(`repository ${repositoryId} is not watched any more: ${open.length} alerts were ended`);
  return open.length;
}

async function end(
  deps: LeaveDeps,
  of: { installation: number; repositoryId: number; alert: OpenAlert; at: string },
): Promise<void> {
  const { installation, repositoryId, alert, at } = of;
  // A further place of a secret is told as a step of the secret.
  const { event: told, location: _place, ...payload } = alert.record;
  const event = typeof told === 'string' ? told.replace(/_location$/, '') : eventOfScanner[alert.scanner];
  const guid = `left:${repositoryId}:${alert.id}:${at}`;
  const from = { guid, installationId: installation, repositoryId };
  // First: what is ended and not known to have left would not be opened again.
  await noteLeft(deps.store, { scanner: alert.scanner, repositoryId, number: alert.number }, new Date(at));
  await takeAlert(deps, from, event, { ...payload, action: 'unwatched', seen_at: at, why });
}
