import { bodyLimit } from './decompress.ts';

/** Bytes of bodies in memory at once over all requests, as they came and decompressed; past it senders come back. */
const memoryBound = 4 * bodyLimit;

/** What one request holds of the memory all of them share. */
export interface Hold {
  /** Counts bytes; false, and nothing counted, when they would pass the bound. */
  take(bytes: number): boolean;
  /** Gives everything back. */
  release(): void;
}

/** Hands out shares of `bound` bytes. */
export function createMemory(bound: number = memoryBound): { hold(): Hold } {
  let used = 0;
  return {
    hold() {
      let held = 0;
      return {
        take(bytes) {
          if (used + bytes > bound) return false;
          used += bytes;
          held += bytes;
          return true;
        },
        release() {
          used -= held;
          held = 0;
        },
      };
    },
  };
}
