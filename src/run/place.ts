import { YaguraError } from '../domain/error.ts';
import type { Policy } from '../domain/policy.ts';
import { defaultRoom } from '../domain/room.ts';
import type { Ours } from '../github/admit.ts';
import type { GithubForge } from '../github/forge.ts';
import type { LivePolicySource } from '../policy/source.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Store } from '../ports/store.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import { createHeldRooms } from './held-rooms.ts';

/** The repositories we work in, held by the numbers they had when they were first seen. */
export interface Place {
  /** What counts as ours; undefined as long as the forge has never said. */
  ours(): Ours | undefined;
  /**
   * Makes sure that the names mean those repositories still. Asks the forge until it has answered once in this
   * process, so nothing may be read or written by name before. A config repository the app cannot see is asked for
   * again when `repo` is that one. Throws `ForgeError`, or `YaguraError('forge')` when a name means another repository now.
   */
  hold(repo?: RepoRef): Promise<void>;
  /**
   * Holds the rooms and the organizations a policy names, those that can be held; called again, tries the others again.
   * When the list of installations changed, every name is asked for again, those of the settings too.
   */
  follow(policy: Pick<Policy, 'rooms' | 'accept'>): Promise<void>;
  /** An installation covers other repositories: the next `follow` asks for every name again. */
  askAgain(): void;
  /** Keys of the rooms that can be read and written to; the default one among them. */
  rooms(): string[];
  /** Number of the installation a room belongs to; undefined while it is not known. */
  installationOf(room: string): number | undefined;
  /** What the policy names and the app cannot see, by part. */
  problems(): { part: string; problem: string }[];
}

export interface PlaceDeps {
  store: Store;
  forge: Pick<GithubForge, 'hold' | 'installationOf' | 'accounts'>;
  repo: RepoRef;
  configRepo: RepoRef | undefined;
  /** The forge has answered: whoever waited for it may go on. */
  onHeld(): void;
}

/** Starts from what the store knows, so that an app whose forge is away still knows which deliveries count. */
export async function createPlace(deps: PlaceDeps): Promise<Place> {
  const { store, forge, repo, configRepo } = deps;
  let ours = await remembered(store, repo, configRepo);
  const held = await createHeldRooms({ store, forge, defaultId: () => ours?.issueRepositoryId });
  let done = false;
  let unseen = false;
  let stale = false;
  let installed = '';
  let asking: Promise<void> | undefined;

  async function bind(ref: RepoRef): Promise<number> {
    const known = await readSetting<number>(store, keyOf(ref));
    const found = await forge.hold(ref, known);
    if (known === undefined) await writeSetting(store, keyOf(ref), found.id);
    return found.id;
  }

  async function ask(): Promise<void> {
    const issueRepositoryId = await bind(repo);
    const installationIds = [await forge.installationOf(repo)];
    const config = configRepo && (await bindIfSeen(configRepo));
    if (config) installationIds.push(config.installationId);
    await settle({
      installationIds: [...new Set(installationIds)],
      issueRepositoryId,
      configRepositoryId: config?.id,
    });
    unseen = configRepo !== undefined && config === undefined;
    done = true;
  }

  function askAgain(): void {
    stale = true;
    held.askAgain();
  }

  /** Whoever installed the app, or installed it anew; no webhook of that need come. */
  async function noticeInstallations(): Promise<void> {
    // Whoever waits for a forge that is away waits for it once.
    if (!done) return;
    const listed = JSON.stringify(await forge.accounts());
    if (listed !== installed) askAgain();
    installed = listed;
  }

  /** What is held already stays while the forge does not say otherwise. */
  async function askAnew(): Promise<void> {
    if (!stale) return;
    stale = false;
    try {
      await ask();
    } catch (error) {
      stale = true;
      throw error;
    }
  }

  /** Alerts are published without a config repository, so one the app cannot see keeps nobody waiting. */
  async function bindIfSeen(ref: RepoRef): Promise<{ id: number; installationId: number } | undefined> {
    try {
      return { id: await bind(ref), installationId: await forge.installationOf(ref) };
    } catch (error) {
      if (isNotSeen(error)) return undefined;
      throw error;
    }
  }

  async function askForConfig(ref: RepoRef): Promise<void> {
    const configRepositoryId = await bind(ref);
    const installationId = await forge.installationOf(ref);
    if (ours) {
      const installationIds = [...new Set([...ours.installationIds, installationId])];
      await settle({ ...ours, installationIds, configRepositoryId });
    }
    unseen = false;
  }

  async function settle(found: Ours): Promise<void> {
    await writeSetting(store, 'installations', found.installationIds);
    ours = found;
  }

  return {
    ours: () => ours && { ...ours, rooms: held.rooms(), accepted: held.accepted() },
    async follow(policy) {
      await unlessRefused(noticeInstallations());
      await unlessRefused(askAnew());
      await held.follow(policy);
    },
    askAgain,
    rooms: () => [defaultRoom, ...held.bound()],
    installationOf(room) {
      if (room === defaultRoom) return ours?.installationIds[0];
      return held.rooms().find(({ key }) => key === room)?.installationId;
    },
    problems: held.problems,
    async hold(wanted) {
      if (!done) {
        asking ??= ask()
          .then(deps.onHeld)
          .finally(() => {
            asking = undefined;
          });
        await asking;
      }
      if (unseen && configRepo && wanted && keyOf(wanted) === keyOf(configRepo)) await askForConfig(configRepo);
    },
  };
}

/** Goes on without what the forge does not give: it is asked for again, and whoever needs it says what is wrong. */
async function unlessRefused(asked: Promise<void>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (!(error instanceof ForgeError) && !(error instanceof YaguraError)) throw error;
  });
}

/** Follows the policy in force. While none says any more where alerts belong, what was held and accepted before stands. */
export async function followInForce(
  place: Pick<Place, 'follow'>,
  policy: Pick<LivePolicySource, 'current' | 'held'>,
): Promise<void> {
  if (policy.held() === undefined) await place.follow(policy.current());
}

/** The forge says that the repository does not exist, or does not let the app see it. */
export function isNotSeen(error: unknown): boolean {
  return error instanceof ForgeError && (error.reason === 'not-found' || error.reason === 'forbidden');
}

/** Methods of the forge that change something there. */
const writes: ReadonlySet<string | symbol> = new Set<keyof Forge>([
  'createIssue',
  'updateIssue',
  'pinIssue',
  'createLabel',
  'createComment',
  'updateComment',
  'commit',
  'openPullRequest',
  'putCheckRun',
]);

/**
 * The forge for everybody else: nothing is read or written by a name before the name is known to mean what we hold,
 * and nothing is written while `stopped` says why not, whoever asks for it: that is a `ForgeError('unavailable')`.
 */
export function heldForge(
  forge: Forge,
  place: Pick<Place, 'hold'>,
  stopped: (repo: RepoRef | undefined) => string | undefined,
): Forge {
  return new Proxy(forge, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]): Promise<unknown> => {
        const repo = isRef(args[0]) ? args[0] : undefined;
        await place.hold(repo);
        const because = writes.has(name) ? stopped(repo) : undefined;
        if (because !== undefined) throw new ForgeError('unavailable', `Nothing is written to GitHub: ${because}.`);
        return Reflect.apply(method, target, args);
      };
    },
  });
}

function isRef(value: unknown): value is RepoRef {
  return typeof value === 'object' && value !== null && 'owner' in value && 'name' in value;
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
