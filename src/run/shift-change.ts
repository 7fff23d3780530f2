import { onCall } from '../domain/on-call.ts';
import { defaultRoom, openRooms } from '../domain/room.ts';
import { shiftNotice } from '../publish/shift-notice.ts';
import { loadHanded } from '../store/handed.ts';
import { announce } from '../store/publications.ts';
import { readSetting, writeSetting } from '../store/settings-table.ts';
import type { WaiterDeps } from './on-call.ts';

/** Incidents a notice lists; a text of GitHub has room for them with all that waits there. */
const listed = 20;

/**
 * Sees that somebody else is on call than when it looked last, and tells them in one issue what the one before had: one
 * notification a shift, where a comment on each incident would be one each. Nothing when nothing is open. True when told.
 */
export async function shiftChangeStep({ store, clock, policy }: WaiterDeps): Promise<boolean> {
  const inForce = policy.current();
  const now = clock.now();
  const current = onCall(inForce, now);
  const before = await readSetting<string | null>(store, 'on-call.login');
  const login = current?.login ?? null;
  if (before === login || (before === undefined && login === null)) return false;
  return store.transaction(async (tx) => {
    await writeSetting(tx, 'on-call.login', login);
    if (before === undefined || before === null || inForce.mode === 'observe') return false;
    const { handed, ...beside } = await loadHanded(tx, before, openRooms(inForce), listed);
    if (handed.length + beside.hidden === 0) return false;
    const shift = { from: before, ...(current && { to: current }) };
    await announce(tx, now, {
      key: `shift:${before}:${login ?? 'nobody'}:${(current?.until ?? now).toISOString()}`,
      text: shiftNotice(
        shift,
        handed.map(({ room, ...one }) => (room === defaultRoom ? one : { ...one, repository: room })),
        beside,
        inForce,
      ),
      priority: 1,
      ...(current && { mentions: { who: [current.login] } }),
    });
    return true;
  });
}
