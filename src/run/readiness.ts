import { sentenceOf } from '../domain/error.ts';
import { defaultRoom } from '../domain/room.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Forge, ForgeRepository, RepoRef } from '../ports/forge.ts';
import type { Store } from '../ports/store.ts';
import type { Settings } from '../settings.ts';
import { isNotSeen, type Place } from './place.ts';
import { roomRepository } from './room-repository.ts';

export interface Readiness {
  /** Asks the forge again. */
  refresh(): Promise<void>;
  /** Something about the visibility changed: nothing is published until the forge has said what. */
  visibilityChanged(): void;
  /** Why nothing is written to GitHub now, or to that room; undefined when it may be. */
  publishingStopped(room?: string): string | undefined;
  /** Why no issue can be read or written in a room, while all else there can be; undefined when they can. */
  issuesOff(room: string): string | undefined;
  /** What does not work now, by part; empty when all is well. */
  problems(): Promise<{ part: string; problem: string }[]>;
}

interface SeenRoom {
  /** Why nothing is written there. */
  stopped?: string | undefined;
  /** Why its issues can be neither read nor written. */
  issuesOff?: string | undefined;
  /** Why it could not be looked at; what was known of it stays. */
  failed?: string;
}

export function createReadiness(deps: {
  settings: Settings;
  forge: Forge;
  store: Store;
  policy: LivePolicySource;
  repo: RepoRef;
  configRepo: RepoRef | undefined;
  /** Rooms that can be read and written to by name, and what is wrong with the others. */
  place?: Pick<Place, 'rooms' | 'problems'>;
  log(sentence: string): void;
}): Readiness {
  const unknown = 'the visibility of the repositories is not known yet';
  let visibility: string | undefined = unknown;
  let forgeProblem: string | undefined;
  let changes = 0;
  /** By key of the rooms that were asked for; of the default one only whether it has issues. */
  let seenRooms = new Map<string, SeenRoom>();

  async function refresh(): Promise<void> {
    const asked = changes;
    // First, since the others are to be seen also while the default one cannot be.
    const rooms = await lookAtRooms();
    try {
      const issues = await deps.forge.repository(deps.repo);
      rooms.set(defaultRoom, { issuesOff: issuesOff(issues) });
      const found = [issues];
      // One the app cannot see is no policy, which says so itself; what is published goes to the other.
      const config =
        deps.configRepo &&
        (await deps.forge.repository(deps.configRepo).catch((error: unknown) => {
          if (!isNotSeen(error)) throw error;
          return undefined;
        }));
      if (config) found.push(config);
      const open = found.filter((r) => !r.private).map((r) => `${r.owner}/${r.name}`);
      forgeProblem = undefined;
      // An answer from before the change says nothing.
      if (asked === changes)
        visibility =
          open.length === 0 || deps.settings.allowPublic
            ? undefined
            : `${open.join(' and ')} is public: nothing is published until it is private or YAGURA_ALLOW_PUBLIC=1`;
    } catch (error) {
      // What is known of the visibility stays; a forge that does not answer takes no writes either.
      forgeProblem = sentenceOf(error);
    }
    if (asked === changes) take(rooms);
  }

  function take(rooms: typeof seenRooms): void {
    const before = seenRooms;
    seenRooms = new Map([...[...before].filter(([key]) => key === defaultRoom), ...rooms]);
    for (const [key, { issuesOff: why }] of rooms)
      if (why !== undefined && before.get(key)?.issuesOff === undefined) deps.log(why);
  }

  /** One room that is away or public keeps no other from being written to. */
  async function lookAtRooms(): Promise<typeof seenRooms> {
    const seen: typeof seenRooms = new Map();
    for (const key of otherRooms()) {
      try {
        const room = await deps.forge.repository(roomRepository(key, deps.repo));
        const why = `${key} is public: nothing is written there until it is private or YAGURA_ALLOW_PUBLIC=1`;
        const open = !room.private && !deps.settings.allowPublic;
        seen.set(key, { stopped: open ? why : undefined, issuesOff: issuesOff(room) });
      } catch (error) {
        const failed = sentenceOf(error);
        seen.set(key, { stopped: failed, ...seenRooms.get(key), failed });
      }
    }
    return seen;
  }

  function otherRooms(): string[] {
    return (deps.place?.rooms() ?? []).filter((key) => key !== defaultRoom);
  }

  /** A room that was bound since the last look may be public. */
  function roomStopped(key: string): string | undefined {
    if (seenRooms.has(key) || !otherRooms().includes(key)) return seenRooms.get(key)?.stopped;
    return `the visibility of ${key} is not known yet: nothing is written there until it is`;
  }

  return {
    refresh,
    visibilityChanged() {
      changes += 1;
      visibility = unknown;
      // A look that fails leaves it so.
      for (const seen of seenRooms.values()) seen.stopped ??= unknown;
    },
    issuesOff: (room) => seenRooms.get(room)?.issuesOff,
    publishingStopped: (room) => visibility ?? (room === undefined ? undefined : roomStopped(room)),
    async problems() {
      const found: { part: string; problem: string }[] = [];
      await deps.store
        .query('select 1')
        .catch((error: unknown) => found.push({ part: 'database', problem: sentenceOf(error) }));
      if (forgeProblem !== undefined) found.push({ part: 'forge', problem: forgeProblem });
      if (visibility !== undefined) found.push({ part: 'visibility', problem: visibility });
      found.push(...(deps.place?.problems() ?? []));
      for (const key of [defaultRoom, ...otherRooms()]) {
        const problem = roomStopped(key) ?? seenRooms.get(key)?.issuesOff ?? seenRooms.get(key)?.failed;
        const named = key === defaultRoom ? `${deps.repo.owner}/${deps.repo.name}` : key;
        if (problem !== undefined) found.push({ part: `room ${named}`, problem });
      }
      const held = deps.policy.held();
      if (held !== undefined) found.push({ part: 'policy', problem: held });
      const refused = await refusedIssues(deps.store);
      if (refused !== undefined) found.push({ part: 'issues', problem: refused });
      const banner = deps.configRepo
        ? deps.policy.banner()
        : 'YAGURA_CONFIG_REPO is not set: safe defaults are in force';
      if (banner !== undefined) found.push({ part: 'config repository', problem: banner });
      return found;
    },
  };
}

/** What is to be done when issues are switched off; GitHub answers for each as if it were deleted until it is. */
function issuesOff({ owner, name, hasIssues }: ForgeRepository): string | undefined {
  if (hasIssues) return undefined;
  return `issues are switched off in ${owner}/${name}: what is to be read and written there waits until "Issues" is ticked again, under Features in its settings`;
}

/** Says how many incidents GitHub gave no issue to, however often it was asked; undefined when it did for all. */
async function refusedIssues(store: Store): Promise<string | undefined> {
  const found = await store
    .query<{ n: number; error: string }>(
      `select count(*)::int as n, min(error) as error from publication
       where dirty and remote_id is null and kind = 'issue' and attempts > 3 and error is not null`,
    )
    .catch(() => undefined);
  const row = found?.rows[0];
  if (!row || row.n === 0) return undefined;
  return `${row.n === 1 ? 'an incident has' : `${row.n} incidents have`} no issue yet; asked again and again: ${row.error}`;
}
