import { accepts, type Ours, takesAlertsOf } from '../github/admit.ts';
import { type AlertRepository, type ForgeAccount, scanners } from '../ports/alert-lists.ts';
import { ForgeError } from '../ports/forge.ts';
import { type AlertLook, allLooks, moveLook, readLook, writeLook } from '../store/alert-looks.ts';
import { leaveRepositories } from './leave-repositories.ts';
import { readAgain } from './read-again.ts';
import type { AlertLookDeps } from './read-list.ts';
import { takeChanges } from './take-changes.ts';
import { takeTodo } from './take-todo.ts';

/** Repositories of an installation that GitHub is asked for; of more of them nobody can say which are missing. */
const listedAtMost = 5000;

/** The same of accounts that installed the app. */
const accountsAtMost = 5000;

/** New repositories that are asked one by one; with more, their organization is. */
const askedAlone = 20;

/**
 * Looks at the lists of GitHub's scanners: takes what is open when an installation or a repository is first seen, as
 * backlog and page by page, and after that what changed. True when there is more to take at once.
 */
export async function alertLookStep(deps: AlertLookDeps): Promise<boolean> {
  const ours = deps.ours();
  if (!ours) return false;
  const listed = await deps.forge.accounts();
  const accounts = listed.filter((one) => !one.suspended && takesAlertsOf(ours, one.installation) !== 'none');
  let more = await leaveInstallations(deps, ours, listed);
  const failures: unknown[] = [];
  for (const account of accounts) {
    // One organization that cannot be asked keeps no other from it.
    await lookAtAccount(deps, ours, account).then(
      (left) => {
        more ||= left;
      },
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw failures[0];
  return more;
}

/**
 * Ends what is open in installations that are gone, or that the policy accepts no more; of one that is suspended or cannot
 * be asked all stays as it is. Where the app was installed anew the new installation goes on with what the old one saw.
 */
async function leaveInstallations(deps: AlertLookDeps, ours: Ours, listed: readonly ForgeAccount[]): Promise<boolean> {
  const installed = new Set(listed.map((one) => one.installation));
  let more = false;
  const looks = await allLooks(deps.store);
  const looking = new Set(looks.map((one) => one.installation));
  for (const { installation, look } of looks) {
    const missing = !installed.has(installation);
    const anew = missing && listed.find((one) => one.login === look.login && !looking.has(one.installation));
    if (anew && takesAlertsOf(ours, anew.installation) !== 'none') {
      await moveLook(deps.store, installation, anew.installation);
      continue;
    }
    const gone = missing && !anew && listed.length < accountsAtMost;
    const refused = ours.accepted !== undefined && takesAlertsOf(ours, installation) === 'none';
    if (!gone && !refused) continue;
    more = (await leaveRepositories(deps, { installation, look, watched: new Set() })) || more;
  }
  return more;
}

/** True when there is more to take at once. */
async function lookAtAccount(deps: AlertLookDeps, ours: Ours, account: ForgeAccount): Promise<boolean> {
  const { installation, login } = account;
  const covered = await coveredBy(deps, installation);
  if (covered === undefined) return false;
  const repositories = covered.filter(({ id }) => accepts({ installationId: installation, repositoryId: id }, ours));
  const known = await readLook(deps.store, installation);
  const watched = new Set(repositories.map(({ id }) => id));
  const leaving = known && covered.length < listedAtMost && { installation, look: known, watched };
  if (leaving && (await leaveRepositories(deps, leaving))) return true;
  if (repositories.length === 0) return false;
  const alone = !account.organization || takesAlertsOf(ours, installation) === 'some';
  const look = await meet(deps, account, { known, repositories, alone });
  const reading = { deps, installation, login, repositories, look, alone };
  await readAgain(reading);
  const { more, failure } = await takeTodo(reading);
  if (more) return true;
  // What changed is not kept waiting by a backlog that cannot be read.
  await takeChanges(reading);
  if (failure) throw failure;
  return look.todo.length > 0;
}

/** Undefined on a server that has no such list. */
async function coveredBy({ forge }: AlertLookDeps, installation: number): Promise<AlertRepository[] | undefined> {
  try {
    return await forge.covered(installation);
  } catch (error) {
    if (error instanceof ForgeError && error.reason === 'not-found') return undefined;
    throw error;
  }
}

/** The look of an installation, with repositories that are new to it put down to be read. */
async function meet(
  deps: AlertLookDeps,
  { installation, login }: ForgeAccount,
  { known, repositories, alone }: { known: AlertLook | undefined; repositories: AlertRepository[]; alone: boolean },
): Promise<AlertLook> {
  const look = known ?? firstLook(login, deps.clock.now());
  const held = new Set(look.repositories);
  const fresh = repositories.filter((one) => !held.has(one.id));
  if (known && fresh.length === 0) return look;
  const whole = !alone && (!known || fresh.length > askedAlone);
  const before = deps.clock.now().toISOString();
  const left = [{ look }, ...(await allLooks(deps.store))].map((one) => one.look.left ?? {});
  const away = fresh.flatMap(({ id }) => left.flatMap((one) => one[id]?.since ?? []));
  const [changedSince] = away.sort();
  for (const scanner of scanners) {
    const each = !whole || look.byRepository.includes(scanner);
    const names = each ? fresh.map((one) => one.full_name) : [login];
    look.todo.push(...names.map((of) => ({ scanner, of, before })));
    // Of a repository that comes back, what ended while it was away is to end here, too.
    if (changedSince) look.todo.push(...names.map((of) => ({ scanner, of, before, changedSince })));
  }
  for (const { id } of fresh) delete look.left?.[id];
  look.repositories = repositories.map((one) => one.id);
  await writeLook(deps.store, installation, look);
  return look;
}

function firstLook(login: string, now: Date): AlertLook {
  return {
    login,
    connectedAt: now.toISOString(),
    repositories: [],
    todo: [],
    read: 0,
    byRepository: [],
    turn: 0,
    seen: {},
    refused: {},
  };
}
