import { defaultRoom } from '../domain/room.ts';
import { ForgeError } from '../ports/forge.ts';
import { isRoomTrouble } from './room-trouble.ts';

/** Rooms left alone for a while because the forge refused what was asked of them, so that they hold up no other. */
export interface RestingRooms {
  /** Those of the rooms that may be asked now. */
  without(rooms: readonly string[], now: Date): string[];
  /**
   * Lets a room rest as long as the forge asks, a minute when it does not say. False for what is not the trouble of one
   * room: the default room never rests.
   */
  rest(room: string, now: Date, error: unknown): boolean;
}

/** Longest and shortest rest, in milliseconds. */
const longestMs = 600_000;
const shortestMs = 60_000;

export function createRestingRooms(): RestingRooms {
  const until = new Map<string, number>();
  return {
    without: (rooms, now) => rooms.filter((room) => (until.get(room) ?? 0) <= now.getTime()),
    rest(room, now, error) {
      if (room === defaultRoom || !isRoomTrouble(error)) return false;
      const asked = error instanceof ForgeError ? (error.retryAfter ?? 0) * 1000 : 0;
      until.set(room, now.getTime() + Math.min(longestMs, Math.max(shortestMs, asked)));
      return true;
    },
  };
}
