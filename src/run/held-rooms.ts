import { sentenceOf, YaguraError } from '../domain/error.ts';
import type { Policy } from '../domain/policy.ts';
import type { Accepted, HeldRoom } from '../github/admit.ts';
import type { GithubForge } from '../github/forge.ts';
import { ForgeError } from '../ports/forge.ts';
import type { Store } from '../ports/store.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import { roomRepository } from './room-repository.ts';

/** The issue repositories beside the default one, and the organizations whose alerts are taken, by their numbers. */
export interface HeldRooms {
  rooms(): readonly HeldRoom[];
  /** Keys of those whose name is known, in this process, to mean the repository held: only they are read and written by name. */
  bound(): string[];
  /** Undefined when the policy names nobody. */
  accepted(): Accepted | undefined;
  /** What the policy names and the app cannot see. */
  problems(): { part: string; problem: string }[];
  /**
   * Holds what the policy names and lets go of the rest. One that cannot be held keeps no other from it, and is tried
   * again by the next call. Never throws for the forge's sake.
   */
  follow(policy: Pick<Policy, 'rooms' | 'accept'>): Promise<void>;
  /** An installation changed: the next `follow` asks for every name again. */
  askAgain(): void;
}

/** A repository behind a name, and the installation it belongs to now. */
interface Bound {
  id: number;
  installationId: number;
}

export interface HeldRoomsDeps {
  store: Store;
  forge: Pick<GithubForge, 'hold' | 'installationOf' | 'accounts'>;
  /** Number of the default repository; undefined while it is not known. */
  defaultId(): number | undefined;
}

/** Starts from what the store knows, as `createPlace` does. */
export async function createHeldRooms(deps: HeldRoomsDeps): Promise<HeldRooms> {
  const { store, forge } = deps;
  let rooms = (await readSetting<HeldRoom[]>(store, 'rooms')) ?? [];
  let accepted = (await readSetting<Accepted | null>(store, 'accepted')) ?? undefined;
  let problems: { part: string; problem: string }[] = [];
  /** By name, what the forge answered in this process, and how often an installation had changed when it was asked. */
  const bindings = new Map<string, Bound & { asOf: number }>();
  let changes = 0;

  /** Asks the forge once, and again only after a change: `follow` comes around twice a minute. */
  async function bind(key: string): Promise<Bound> {
    const before = bindings.get(key);
    if (before?.asOf === changes) return before;
    // Until the answer is there the name counts for what it was; with none it counts for nothing.
    const asOf = changes;
    try {
      const ref = roomRepository(key, { owner: '', name: '' });
      const known = await readSetting<number>(store, settingOf(key));
      const { id } = await forge.hold(ref, known);
      if (known === undefined) await writeSetting(store, settingOf(key), id);
      const bound = { id, installationId: await forge.installationOf(ref), asOf };
      bindings.set(key, bound);
      return bound;
    } catch (error) {
      bindings.delete(key);
      throw error;
    }
  }

  /** What was accepted under a name that cannot be asked for now: its alerts go on counting, by its number. */
  async function acceptedBefore(name: string): Promise<Bound | undefined> {
    const id = await readSetting<number>(store, settingOf(name));
    return accepted?.repositories.find((one) => one.id === id);
  }

  /** Undefined, with the reason among the problems, for what the forge does not give. */
  async function tried<T>(part: string, found: typeof problems, ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ForgeError) && !(error instanceof YaguraError)) throw error;
      found.push({ part, problem: sentenceOf(error) });
      return undefined;
    }
  }

  async function holdRoom(key: string, found: typeof problems): Promise<HeldRoom | undefined> {
    const part = `room ${key}`;
    // One held before counts on for deliveries, which name it by its number.
    const bound = (await tried(part, found, () => bind(key))) ?? rooms.find((room) => room.key === key);
    if (bound?.id === deps.defaultId() && bound !== undefined) {
      found.push({ part, problem: `${key} is YAGURA_REPO itself: take it out of rooms` });
      return undefined;
    }
    return bound && { key, id: bound.id, installationId: bound.installationId };
  }

  async function accept(names: readonly string[], found: typeof problems): Promise<Accepted> {
    const all = await tried('accept', found, () => forge.accounts());
    const next: Accepted = { installationIds: [], repositories: [] };
    for (const name of names) {
      if (name.includes('/')) {
        const bound = (await tried(`accept ${name}`, found, () => bind(name))) ?? (await acceptedBefore(name));
        if (bound) next.repositories.push({ id: bound.id, installationId: bound.installationId });
        continue;
      }
      const installation = all?.find(({ login }) => login.toLowerCase() === name)?.installation;
      if (installation !== undefined) next.installationIds.push(installation);
      else if (all) found.push({ part: `accept ${name}`, problem: `the app is not installed in ${name}` });
    }
    // While the forge is away what was known stays.
    return all ? next : (accepted ?? next);
  }

  return {
    rooms: () => rooms,
    bound: () => rooms.map(({ key }) => key).filter((key) => bindings.has(key)),
    askAgain() {
      changes += 1;
    },
    accepted: () => accepted,
    problems: () => problems,
    async follow(policy) {
      const found: typeof problems = [];
      const next: HeldRoom[] = [];
      for (const { key } of policy.rooms) {
        const held = await holdRoom(key, found);
        if (held) next.push(held);
      }
      const taken = policy.accept && (await accept(policy.accept, found));
      if (JSON.stringify(next) !== JSON.stringify(rooms)) await writeSetting(store, 'rooms', next);
      if (JSON.stringify(taken) !== JSON.stringify(accepted)) await writeSetting(store, 'accepted', taken ?? null);
      [rooms, accepted, problems] = [next, taken, found];
    },
  };
}

/** Under which the number of a repository is remembered. */
function settingOf(key: string): string {
  return `repository.${key}`;
}
