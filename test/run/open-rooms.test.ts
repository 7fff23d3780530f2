import { describe, expect, it } from 'vitest';
import { YaguraError } from '../../src/domain/error.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { createOpenRooms } from '../../src/run/open-rooms.ts';

const hidden = 'acme/soc-private';
const labs = 'acme-labs/soc';

/** Three rooms, the first two of one installation, on a clock that the test moves. */
function openRooms(stopped: Record<string, string> = {}, off: string[] = []) {
  const t = { at: 0, all: undefined as string | undefined, gone: false, issues: true, log: [] as string[] };
  const rooms = createOpenRooms({
    place: { rooms: () => ['', hidden, labs], installationOf: (room) => (room === labs ? 2 : 1) },
    readiness: {
      publishingStopped: (room) => t.all ?? (room === undefined ? undefined : stopped[room]),
      issuesOff: (room) => (off.includes(room) ? 'issues are switched off' : undefined),
    },
    forge: {
      async repository({ owner, name }) {
        if (t.gone) throw new ForgeError('not-found', 'not installed');
        return { id: 1, owner, name, private: true, hasIssues: t.issues, defaultBranch: 'main' };
      },
    },
    clock: { now: () => new Date(t.at), sleep: async () => undefined },
    repo: { owner: 'acme', name: 'soc' },
    log: (line) => t.log.push(line),
  });
  const failing = (room: string, error: Error) => rooms.visit(room, () => Promise.reject(error));
  /** Seconds until a room is asked again. */
  const restOf = (room: string) => {
    const from = t.at;
    while (!rooms.keys().includes(room)) t.at += 1000;
    return (t.at - from) / 1000;
  };
  return { t, rooms, failing, restOf };
}

const limit = (retryAfter?: number, installation?: number) =>
  new ForgeError('primary-limit', 'no requests left', { retryAfter, installation });

describe('the rooms that may be asked', () => {
  it('are not those that something is wrong with, which is theirs alone', () => {
    const { t, rooms } = openRooms({ [hidden]: 'acme/soc-private is public' });
    expect(rooms.keys()).toEqual(['', labs]);
    t.all = 'the visibility of the repositories is not known yet';
    expect(rooms.keys()).toEqual(['', hidden, labs]);
  });

  it('are not those without issues', () => {
    expect(openRooms({}, ['', labs]).rooms.keys()).toEqual([hidden]);
  });

  it('rest when something is not found because issues are switched off', async () => {
    const { t, rooms } = openRooms();
    const gone = new ForgeError('not-found', 'GitHub answered 410: Issues are disabled for this repo', { status: 410 });
    t.issues = false;
    expect(await rooms.refused(labs, gone)).toBe(true);
    expect(await rooms.visit(labs, () => Promise.reject(gone))).toBe(false);
    expect(rooms.keys()).toEqual(['', hidden]);
    expect(t.log).toHaveLength(1);
  });

  it('rest together when the limit of their installation was hit, as long as GitHub asks', async () => {
    const { t, rooms, failing, restOf } = openRooms();
    expect(await failing(hidden, limit(900))).toBe(false);
    expect(rooms.keys()).toEqual([labs]);
    expect(t.log).toEqual(['left alone for 900 s: acme/soc-private, acme/soc, because no requests left']);
    expect(restOf('')).toBe(900);
    await failing(labs, limit());
    expect(rooms.keys()).toEqual(['', hidden]);
    expect(restOf(labs)).toBe(60);
  });

  it('rest with the installation whose limit it was, though another room had to wait for it', async () => {
    const { rooms, failing } = openRooms();
    await failing(hidden, limit(60, 2));
    expect(rooms.keys()).toEqual(['']);
  });

  it('rest alone for what is no limit, twice as long when it goes on, and a minute at most', async () => {
    const { t, rooms, failing, restOf } = openRooms();
    const rests: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      await failing('', new ForgeError('unavailable', 'GitHub answered 502'));
      expect(rooms.keys()).toEqual([hidden, labs]);
      rests.push(restOf(''));
    }
    expect(rests).toEqual([2, 4, 8, 16, 32, 60, 60]);
    t.at += 60_000;
    await failing('', new YaguraError('forge', 'acme/soc is now another repository'));
    expect(restOf('')).toBe(2);
  });

  it('do not rest for a fault of ours', async () => {
    const { rooms, failing } = openRooms();
    await expect(failing('', new TypeError('undefined'))).rejects.toThrow(TypeError);
    expect(await rooms.refused('', new TypeError('undefined'))).toBe(false);
    expect(await rooms.visit('', async () => undefined)).toBe(true);
    expect(rooms.keys()).toHaveLength(3);
  });

  it('do not rest for one thing the forge refuses, unless it is not found because the room is not', async () => {
    const { t, rooms } = openRooms();
    for (const reason of ['validation', 'conflict', 'forbidden', 'unknown', 'not-found'] as const)
      expect(await rooms.refused('', new ForgeError(reason, 'no'))).toBe(false);
    expect(rooms.keys()).toHaveLength(3);
    t.gone = true;
    expect(await rooms.refused('', new ForgeError('not-found', 'no'))).toBe(true);
    expect(await rooms.refused(labs, new ForgeError('unauthorized', 'no'))).toBe(true);
    expect(rooms.keys()).toEqual([hidden]);
  });
});
