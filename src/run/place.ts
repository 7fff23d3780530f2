import type { Ours } from '../github/admit.ts';
import type { GithubForge } from '../github/forge.ts';
import type { Forge, RepoRef, Store } from '../ports.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';

/** The repositories we work in, held by the numbers they had when they were first seen. */
export interface Place {
  /** What counts as ours; undefined as long as the forge has never said. */
  ours(): Ours | undefined;
  /**
   * Makes sure that the names mean those repositories still. Asks the forge until it has answered once in this
   * process, so nothing may be read or written by name before. Throws `ForgeError`, or `YaguraError('forge')` when
   * a name means another repository now.
   */
  hold(): Promise<void>;
}

export interface PlaceDeps {
  store: Store;
  forge: Pick<GithubForge, 'hold' | 'installationOf'>;
  repo: RepoRef;
  configRepo: RepoRef | undefined;
  /** The forge has answered: whoever waited for it may go on. */
  onHeld(): void;
}

/** Starts from what the store knows, so that an app whose forge is away still knows which deliveries count. */
export async function createPlace(deps: PlaceDeps): Promise<Place> {
  const { store, forge, repo, configRepo } = deps;
  let ours = await remembered(store, repo, configRepo);
  let done = false;
  let asking: Promise<void> | undefined;

  async function bind(ref: RepoRef): Promise<number> {
    const known = await readSetting<number>(store, keyOf(ref));
    const found = await forge.hold(ref, known);
    if (known === undefined) await writeSetting(store, keyOf(ref), found.id);
    return found.id;
  }

  async function ask(): Promise<void> {
    const issueRepositoryId = await bind(repo);
    const configRepositoryId = configRepo && (await bind(configRepo));
    const installations = [await forge.installationOf(repo)];
    if (configRepo) installations.push(await forge.installationOf(configRepo));
    const installationIds = [...new Set(installations)];
    await writeSetting(store, 'installations', installationIds);
    ours = { installationIds, issueRepositoryId, configRepositoryId };
    done = true;
    deps.onHeld();
  }

  return {
    ours: () => ours,
    async hold() {
      if (done) return;
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await asking;
    },
  };
}

/** The forge for everybody else: nothing is read or written by a name before the name is known to mean what we hold. */
export function heldForge(forge: Forge, place: Pick<Place, 'hold'>): Forge {
  return new Proxy(forge, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        await place.hold();
        return Reflect.apply(method, target, args);
      };
    },
  });
}

async function remembered(store: Store, repo: RepoRef, configRepo: RepoRef | undefined): Promise<Ours | undefined> {
  const installationIds = await readSetting<number[]>(store, 'installations');
  const issueRepositoryId = await readSetting<number>(store, keyOf(repo));
  const configRepositoryId = configRepo && (await readSetting<number>(store, keyOf(configRepo)));
  if (!installationIds || issueRepositoryId === undefined) return undefined;
  return { installationIds, issueRepositoryId, configRepositoryId };
}

function keyOf({ owner, name }: RepoRef): string {
  return `repository.${owner}/${name}`.toLowerCase();
}
