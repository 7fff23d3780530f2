import type { WatchedRepository } from '../domain/advisory.ts';
import { sentenceOf } from '../domain/error.ts';
import type { OpenUpdate } from '../domain/update-branch.ts';
import { ForgeError } from '../ports/forge.ts';
import { guidesToRead, saveGuide } from '../store/repository-guides.ts';
import {
  dependenciesUnread,
  putOffReading,
  repositoriesToRead,
  saveDependencies,
} from '../store/watched-repositories.ts';
import type { AdvisoryDeps } from './advisories.ts';
import { dataFault, isDataFault } from './data-fault.ts';

/** How often the dependencies of a repository are read; an advisory has those with its package read sooner. */
const readEveryMs = 24 * 3_600_000;
const retryMs = 6 * 3_600_000;

/** How long nothing is asked after a limit that says no time. */
const limitedMs = 60_000;

/** How old what was read may be where it is asked for. */
export const freshMs = 3_600_000;

/** Repositories read in one step: GitHub allows a hundred SBOMs a minute. */
const readsAStep = 20;
const guidesAStep = 10;

/** What repositories depend on. One that cannot be read or kept is tried again later, and keeps no other from it. */
export async function readDependencies(deps: AdvisoryDeps): Promise<void> {
  const { store, clock } = deps;
  const repositories = await repositoriesToRead(store, clock.now(), readsAStep);
  const limited = new Set<number>();
  for (const repository of repositories) {
    if (limited.has(repository.installation)) continue;
    const now = clock.now();
    try {
      const dependencies = await deps.supplyChain.dependencies(repository);
      const next = new Date(now.getTime() + readEveryMs);
      await store.transaction((tx) => saveDependencies(tx, now, repository.id, dependencies, next));
    } catch (error) {
      const refused = error instanceof ForgeError ? error : undefined;
      if (!refused && !isDataFault(error)) throw error;
      if (!refused) deps.log(`${nameOf(repository)}: what it depends on could not be kept: ${sentenceOf(error)}`);
      const isLimit = refused?.reason.endsWith('-limit') === true;
      const wait = refused?.retryAfter === undefined ? (isLimit ? limitedMs : retryMs) : refused.retryAfter * 1000;
      const until = new Date(now.getTime() + wait);
      await dependenciesUnread(store, repository.id, sentenceOf(error), until);
      if (!isLimit) continue;
      // The limit is its organization's: the others go on.
      limited.add(repository.installation);
      await putOffReading(store, repository.installation, until);
    }
  }
}

/** Who owns what is to be mended, and which updates are open. What cannot be read stays as it was known. */
export async function readGuides({ store, clock, supplyChain, log }: AdvisoryDeps): Promise<void> {
  const now = clock.now();
  for (const repository of await guidesToRead(store, new Date(now.getTime() - freshMs), guidesAStep)) {
    let limited = false;
    const refused = (error: unknown) => {
      if (!(error instanceof ForgeError)) throw error;
      log(`${nameOf(repository)}: ${sentenceOf(error)}`);
      limited ||= error.reason.endsWith('-limit');
      return {};
    };
    const owners = supplyChain.owners(repository).then((text) => ({ owners: text ?? null }));
    const read = await owners.catch(refused);
    if (limited) break;
    const updates = supplyChain.updates(repository).then((pulls) => ({ updates: pulls.filter(isUpdate) }));
    const guide = { ...read, ...(await updates.catch(refused)) };
    // What a limit kept from it is read in a later step.
    if (limited) break;
    const fault = await dataFault(store.transaction((tx) => saveGuide(tx, now, repository.id, guide)));
    if (fault === undefined) continue;
    log(`${nameOf(repository)}: its owners and updates could not be kept: ${sentenceOf(fault.error)}`);
    await store.transaction((tx) => saveGuide(tx, now, repository.id, {}));
  }
}

function nameOf({ owner, name }: WatchedRepository): string {
  return `${owner}/${name}`;
}

function isUpdate({ branch }: OpenUpdate): boolean {
  return branch.startsWith('dependabot');
}
