import { sentenceOf, YaguraError } from '../domain/error.ts';
import type { Clock } from '../ports/clock.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Place } from './place.ts';
import type { Readiness } from './readiness.ts';
import { roomRepository } from './room-repository.ts';

/**
 * The rooms that may be asked and written to now. One that the forge refuses is left alone for a while, so that it holds
 * up no other: everybody who works in rooms asks here which, and says here what went wrong.
 */
export interface OpenRooms {
  /** Keys of those that are held, with nothing wrong that is theirs alone, and not at rest. */
  keys(): string[];
  /** Does something in a room. False when the forge refused it: the room rests, and it is to be done again then. */
  visit(room: string, work: () => Promise<void>): Promise<boolean>;
  /** Whether what the forge refused in a room is the room's trouble, not one thing's: then it rests. */
  refused(room: string, error: unknown): Promise<boolean>;
}

export interface OpenRoomsDeps {
  place: Pick<Place, 'rooms' | 'installationOf'>;
  readiness: Pick<Readiness, 'publishingStopped' | 'issuesOff'>;
  forge: Pick<Forge, 'repository'>;
  clock: Clock;
  /** The default issue repository. */
  repo: RepoRef;
  log(sentence: string): void;
}

/** Shortest and longest rest that nobody asked for, and the shortest after a limit, in milliseconds. */
const shortestMs = 2_000;
const longestMs = 60_000;
const limitMs = 60_000;

/** Longest rest after a limit that is hit again and again while GitHub does not say how long it wants to be left alone. */
const longestLimitMs = 600_000;

/** What says nothing of the one thing that was asked for. */
const ofRoom: ReadonlySet<ForgeError['reason']> = new Set([
  'primary-limit',
  'secondary-limit',
  'unauthorized',
  'unavailable',
]);

/** What is said of one thing, and of everything in a room that is gone or whose installation is suspended. */
const ofAway: ReadonlySet<ForgeError['reason']> = new Set(['not-found', 'forbidden']);

export function createOpenRooms({ place, readiness, forge, clock, repo, log }: OpenRoomsDeps): OpenRooms {
  const rests = new Map<string, { until: number; ms: number }>();

  function rest(room: string, error: ForgeError | YaguraError): void {
    const now = clock.now().getTime();
    const limit = limitOf(error);
    const before = rests.get(room);
    // Told already, by who works there at the same time.
    if (before && before.until > now && !limit) return;
    // Who rests again as soon as it was over rests twice as long.
    const again = before && now - before.until < before.ms ? before.ms * 2 : 0;
    const longest = limit ? longestLimitMs : longestMs;
    const ms = Math.max(limit?.asked ?? 0, Math.min(longest, Math.max(again, limit ? limitMs : shortestMs)));
    const rooms = limit ? together(room, limit.installation) : [room];
    for (const one of rooms) rests.set(one, { until: now + ms, ms });
    const named = rooms.map((one) => (one === '' ? `${repo.owner}/${repo.name}` : one)).join(', ');
    log(`left alone for ${Math.ceil(ms / 1000)} s: ${named}, because ${sentenceOf(error)}`);
  }

  /** Limits are counted by installation: its rooms rest, and that which waits for its answer. */
  function together(room: string, hit: number | undefined): string[] {
    const installation = hit ?? place.installationOf(room);
    const others = place.rooms().filter((one) => one !== room && place.installationOf(one) === installation);
    return installation === undefined ? [room] : [room, ...others];
  }

  return {
    keys() {
      const now = clock.now().getTime();
      const stopped = readiness.publishingStopped();
      return place
        .rooms()
        .filter((room) => readiness.publishingStopped(room) === stopped && readiness.issuesOff(room) === undefined)
        .filter((room) => (rests.get(room)?.until ?? 0) <= now);
    },
    async visit(room, work) {
      try {
        await work();
        return true;
      } catch (error) {
        if (!isOfForge(error)) throw error;
        rest(room, error);
        return false;
      }
    },
    async refused(room, error) {
      if (!isOfForge(error)) return false;
      const away = error instanceof ForgeError && ofAway.has(error.reason) && !(await hasIssues(room));
      if (!away && error instanceof ForgeError && !ofRoom.has(error.reason)) return false;
      rest(room, error);
      return true;
    },
  };

  /** Where the room cannot be read, or has its issues switched off, nothing in it is found, and that passes. */
  async function hasIssues(room: string): Promise<boolean> {
    const asked = await forge.repository(roomRepository(room, repo)).catch(() => undefined);
    return asked?.hasIssues === true;
  }
}

/** Whether an error is the forge's, about what was asked of it. */
function isOfForge(error: unknown): error is ForgeError | YaguraError {
  return error instanceof ForgeError || (error instanceof YaguraError && error.code === 'forge');
}

/** How long a limit wants us to wait, and whose it is; undefined when it is none. */
function limitOf(error: unknown): { asked: number; installation: number | undefined } | undefined {
  if (!(error instanceof ForgeError)) return undefined;
  if (error.reason !== 'primary-limit' && error.reason !== 'secondary-limit') return undefined;
  return { asked: (error.retryAfter ?? 0) * 1000, installation: error.installation };
}
