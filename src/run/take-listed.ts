import { sentenceOf } from '../domain/error.ts';
import { admit, type Ours } from '../github/admit.ts';
import { eventOfScanner, stepsTo } from '../github/alert-steps.ts';
import type { AlertRepository, ListedAlert, Scanner } from '../ports/alert-lists.ts';
import { forgottenStandings, knownStandings, mayBeForgotten } from '../store/github-alerts.ts';
import { dataFault } from './data-fault.ts';
import { type TakeAlert, takeAlert } from './take-alert.ts';

/** What a page of a list is taken with. */
export interface TakeListed extends TakeAlert {
  ours(): Ours | undefined;
}

/** Where the page is from. */
export interface ListedIn {
  installation: number;
  scanner: Scanner;
  /** The repository, in a list of one. */
  repository?: AlertRepository | undefined;
  /** When the installation was first seen: what was made before and is open is backlog. */
  connectedAt: Date;
  /** True where the list is looked at again: what it may not have yet is waited for. */
  waits?: boolean;
}

/** How long lists lag behind, in milliseconds. */
export const listLagMs = 120_000;

/**
 * Takes what a page tells that is not known yet, each alert step by step, as if its webhooks had come. Returns how many
 * records that were; a webhook of the same step, before or after, is the same record. One that cannot be kept is said, and
 * keeps no other from being taken. Nothing is told of those `waiting`: a webhook told something newer of them just now.
 */
export async function takeListed(
  deps: TakeListed,
  place: ListedIn,
  alerts: readonly ListedAlert[],
): Promise<{ taken: number; waiting: ListedAlert[] }> {
  const waiting: ListedAlert[] = [];
  const ours = deps.ours();
  if (!ours) return { taken: 0, waiting };
  const placed = alerts.flatMap((listed) => {
    const repository = listed.repository ?? place.repository;
    return repository ? [{ listed, repository, repositoryId: repository.id, number: listed.number }] : [];
  });
  const known = await knownStandings(deps.store, place.scanner, placed);
  const now = deps.clock.now();
  const old = placed.filter(({ listed, repositoryId, number }) => {
    return mayBeForgotten(listed.createdAt, now) && !known.has(`${repositoryId}#${number}`);
  });
  for (const [key, standing] of await forgottenStandings(deps.store, place.scanner, old)) known.set(key, standing);
  let taken = 0;
  const takeOne = async ({ listed, repository, number }: (typeof placed)[number]) => {
    const before = known.get(`${repository.id}#${number}`);
    const steps = stepsTo(place.scanner, listed.alert, before, place.connectedAt);
    const overtaken = before && place.scanner === 'code-scanning' && listed.updatedAt <= before.at;
    const justTold = overtaken && !before.leftAt && now.getTime() - before.at.getTime() < listLagMs;
    if (place.waits && justTold && steps.length > 0) {
      waiting.push(listed);
      return;
    }
    const seenNow = before?.leftAt || overtaken || steps.includes('updated');
    const seen = seenNow ? { seen_at: deps.clock.now().toISOString() } : {};
    // In their order: the later one must not be there without the earlier.
    for (const action of steps) await takeStep(deps, ours, place, { listed, repository, action, seen });
    taken += steps.length;
  };
  await Promise.all(
    placed.map(async (one) => {
      const fault = await dataFault(takeOne(one));
      if (!fault) return;
      const which = `alert ${one.number} of ${place.scanner} in ${one.repository.full_name}`;
      deps.log(`${which} could not be taken: ${sentenceOf(fault.error)}`);
    }),
  );
  return { taken, waiting };
}

interface Step {
  listed: ListedAlert;
  repository: AlertRepository;
  action: string;
  /** Where not the alert's own times count but when it was seen again. */
  seen: { seen_at?: string };
}

async function takeStep(
  deps: TakeListed,
  ours: Ours,
  { installation, scanner, connectedAt }: ListedIn,
  { listed, repository, action, seen }: Step,
): Promise<void> {
  const event = eventOfScanner[scanner];
  const { login, id } = repository.owner;
  const payload = {
    action,
    ...seen,
    alert: listed.alert,
    repository,
    organization: { login, id },
    installation: { id: installation },
  };
  const from = {
    guid: `${scanner}:${repository.id}:${listed.number}:${action}:${listed.updatedAt.toISOString()}`,
    installationId: installation,
    repositoryId: repository.id,
    // What was open before its repository came back is no news either: what stood in the inventory stands there again.
    backlog: action === 'watched_again' || (action === 'created' && listed.createdAt < connectedAt),
  };
  if (!admit(from, { kind: 'alert', source: event, action, payload }, ours).admitted) return;
  await takeAlert(deps, from, event, payload);
}
