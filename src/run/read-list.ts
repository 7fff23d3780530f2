import { whyRefused } from '../github/alert-lists.ts';
import type { AlertPage, AlertRepository, Scanner } from '../ports/alert-lists.ts';
import type { Clock } from '../ports/clock.ts';
import { type Forge, ForgeError } from '../ports/forge.ts';
import { type AlertLook, type ListName, nameOf } from '../store/alert-looks.ts';
import { listLagMs, type TakeListed, takeListed } from './take-listed.ts';

export interface AlertLookDeps extends TakeListed {
  forge: Pick<Forge, 'accounts' | 'covered' | 'alerts'>;
  clock: Clock;
  log(sentence: string): void;
}

/** One installation while its lists are read. `look` is changed on the way and written by who reads. */
export interface Reading {
  deps: AlertLookDeps;
  installation: number;
  login: string;
  repositories: readonly AlertRepository[];
  look: AlertLook;
  /** Each repository is asked: the account is a person's, or not all its repositories are taken. */
  alone: boolean;
}

/**
 * One page of a list. Undefined where it is refused, which the look remembers, or was until now; `no-list` where GitHub has none for an
 * organization. A place that GitHub does not know any more begins the list again. Throws `ForgeError` on a failure.
 */
export async function readList(
  reading: Reading,
  list: ListName,
  ask: { wanted: 'open' | 'changed'; after?: string | undefined },
): Promise<AlertPage | 'no-list' | undefined> {
  const { deps, installation, look } = reading;
  try {
    const page = await deps.forge.alerts({ installation, scanner: list.scanner, of: list.of }, ask);
    if (look.refused[nameOf(list)] !== undefined && beginsNow(reading, list, ask.wanted)) return undefined;
    return page;
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    if (error.reason === 'validation' && ask.after !== undefined)
      return readList(reading, list, { ...ask, after: undefined });
    const why = whyRefused(error, { installation, ...list });
    if (why === undefined) throw error;
    if (why === 'no-list') return why;
    look.refused[nameOf(list)] = why;
    look.refusedAt = { ...look.refusedAt, [nameOf(list)]: deps.clock.now().toISOString() };
    return undefined;
  }
}

/**
 * A list that was refused can be read: what is open in it is taken as backlog, and only what changes from now on is
 * news. True when the page in hand is neither.
 */
function beginsNow({ deps, look }: Reading, list: ListName, wanted: 'open' | 'changed'): boolean {
  const now = deps.clock.now().toISOString();
  delete look.refused[nameOf(list)];
  look.seen[nameOf(list)] = now;
  if (wanted === 'changed') look.todo.push({ ...list, before: now });
  return wanted === 'changed';
}

/**
 * The failure of one list, which keeps no other from being read. Whatever stops all of them is thrown: a limit of
 * GitHub's, and what is no failure of GitHub's.
 */
export async function failureOf(reading: Promise<void>): Promise<ForgeError | undefined> {
  try {
    await reading;
    return undefined;
  } catch (error) {
    const limited = error instanceof ForgeError && /-limit$/.test(error.reason);
    if (limited || !(error instanceof ForgeError)) throw error;
    return error;
  }
}

/**
 * Takes what changed since a moment (ISO) from a page that has the newest change first. `newest` is the newest change seen
 * by now, none newer than what is to wait for the next look; `next` where more of it begins: the page ended within that
 * time, or in the overlap and was not known already.
 */
export async function takeChanged(
  reading: Reading,
  list: ListName,
  { alerts, next }: AlertPage,
  { changedSince, before, waits }: { changedSince: string; before: string; waits?: true },
): Promise<{ newest: string; next: string | undefined }> {
  const seen = Date.parse(changedSince);
  const changed = alerts.filter((one) => one.updatedAt.getTime() >= seen - listLagMs);
  const { taken, waiting } = await takePage(reading, list, changed, before, waits);
  if (taken > 0) reading.deps.log(`alerts of ${list.of}: ${taken} steps of ${list.scanner} were found by looking`);
  const times = changed.map((one) => one.updatedAt.getTime());
  const more = changed.length === alerts.length && (Math.min(...times) > seen || taken > 0);
  const newest = Math.min(Math.max(seen, ...times), ...waiting.map((one) => one.updatedAt.getTime()));
  return { newest: new Date(newest).toISOString(), next: more ? next : undefined };
}

/** An organization has no such list: that of each of its repositories is taken, what was made before a moment as backlog. */
export function askEach({ look, repositories }: Reading, scanner: Scanner, before: string): void {
  look.byRepository.push(scanner);
  look.todo.push(...repositories.map((one) => ({ scanner, of: one.full_name, before })));
}

/** Takes what a page tells; what was made before `connectedAt` and is open is backlog. Returns how many steps that were. */
export function takePage(
  { deps, installation, repositories }: Reading,
  { scanner, of }: ListName,
  alerts: AlertPage['alerts'],
  connectedAt: string,
  waits = false,
): ReturnType<typeof takeListed> {
  const repository = repositories.find((one) => one.full_name === of);
  // An organization's list may have repositories whose alerts are not taken.
  const ids = new Set(repositories.map((one) => one.id));
  const taken = alerts.filter((one) => one.repository === undefined || ids.has(one.repository.id));
  return takeListed(deps, { installation, scanner, repository, connectedAt: new Date(connectedAt), waits }, taken);
}
