import { YaguraError } from '../domain/error.ts';
import { ForgeError, type ForgeRepository, type RepoRef } from '../ports/forge.ts';
import type { Client } from './client.ts';
import type { Installations } from './installations.ts';
import { repositoryShape } from './shapes.ts';

/** A repository under its present name, and the client that may touch it. */
export interface Held extends ForgeRepository {
  client: Client;
  installationId: number;
}

/** Repositories by numeric id behind the names people configured. */
export interface Repositories {
  /**
   * Binds a configured name to a repository. With `knownId` (from an earlier run) a rename is followed, and a
   * different repository under the name is refused with `YaguraError('forge')`.
   */
  hold(ref: RepoRef, knownId?: number): Promise<Held>;
  /** The repository under its present name, looked up again after 15 s; held on first use. */
  current(ref: RepoRef): Promise<Held>;
  /** As `current`, asked at once. */
  fresh(ref: RepoRef): Promise<Held>;
  /** Installations of the repositories held for an owner. */
  installationOfOwner(owner: string): number | undefined;
}

/** Long enough that a burst of calls asks once, short enough that a name taken over meanwhile hardly matters. */
const FRESH_MS = 15_000;

/** Nothing else in Yagura turns a name into a repository. */
export function createRepositories(installations: Installations, monotonic = () => performance.now()): Repositories {
  const held = new Map<string, { repository: Held; at: number }>();
  const keyOf = (ref: RepoRef) => `${ref.owner}/${ref.name}`.toLowerCase();

  function keep(ref: RepoRef, repository: Held): Held {
    held.set(keyOf(ref), { repository, at: monotonic() });
    return repository;
  }

  async function fresh(ref: RepoRef): Promise<Held> {
    const known = held.get(keyOf(ref));
    if (!known) return keep(ref, await byName(installations, ref));
    const { id, client, installationId, owner, name } = known.repository;
    const now = await getById(client, id).catch(orNotFound);
    if (now) return keep(ref, { ...now, client, installationId });
    // The app was installed anew under another number, or the server knows no `GET /repositories/{id}`.
    return keep(ref, await byNameOrId(installations, { owner, name }, id));
  }

  return {
    async hold(ref, knownId) {
      const known = knownId ?? held.get(keyOf(ref))?.repository.id;
      if (known === undefined) return keep(ref, await byName(installations, ref));
      return keep(ref, await byNameOrId(installations, ref, known));
    },
    async current(ref) {
      const known = held.get(keyOf(ref));
      return known && monotonic() - known.at < FRESH_MS ? known.repository : fresh(ref);
    },
    fresh,
    installationOfOwner(owner) {
      const all = [...held.values()].map((entry) => entry.repository);
      return all.find((one) => one.owner.toLowerCase() === owner.toLowerCase())?.installationId;
    },
  };
}

async function byName(installations: Installations, ref: RepoRef): Promise<Held> {
  const installationId = await installations.idOf(ref);
  const client = installations.client(installationId);
  return { ...(await getByName(client, ref)), client, installationId };
}

/** The name first; where it leads nowhere, every installation is asked for the id. */
async function byNameOrId(installations: Installations, ref: RepoRef, id: number): Promise<Held> {
  const named = await byName(installations, ref).catch(orNotFound);
  if (named?.id === id) return named;
  if (named) throw takenOver(ref, id, named.id);
  const found = await installations.firstAnswer(async (client, installationId) => ({
    ...(await getById(client, id)),
    ...{ client, installationId },
  }));
  if (found) return found;
  throw new ForgeError(
    'not-found',
    `${ref.owner}/${ref.name} (repository ${id}) does not exist or the app may not see it.`,
  );
}

function takenOver(ref: RepoRef, id: number, other: number): YaguraError {
  return new YaguraError(
    'forge',
    `${ref.owner}/${ref.name} is now another repository (${other}) than the one Yagura works with (${id}).`,
    { hint: 'Rename it back, or set the new name and start with a new data directory.' },
  );
}

function getById(client: Client, id: number): Promise<ForgeRepository> {
  return client.poll(`repository ${id}`, repositoryShape, (octokit, headers) =>
    octokit.request('GET /repositories/{id}', { id, headers }),
  );
}

function getByName(client: Client, ref: RepoRef): Promise<ForgeRepository> {
  return client.poll(`repository ${ref.owner}/${ref.name}`, repositoryShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}', {
      owner: ref.owner,
      repo: ref.name,
      headers,
      request: { redirect: 'follow' },
    }),
  );
}

function orNotFound(error: unknown): undefined {
  if (error instanceof ForgeError && error.reason === 'not-found') return undefined;
  throw error;
}
