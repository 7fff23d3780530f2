import { fingerprintOf } from '../correlate/join-keys.ts';
import type { ParsedAlert } from '../domain/alert.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import type { RawRecord } from '../domain/record.ts';
import { defaultRoom, roomOf, routeOf } from '../domain/room.ts';
import { isSameRepository, type Scope } from '../domain/scope.ts';
import type { Sql } from '../ports/store.ts';
import type { Arrived } from '../store/pipeline-batch.ts';
import { loadHeldElsewhere } from '../store/stories.ts';

/** The room an alert belongs in, and the issue a report was made of, which stays where it was written. */
export function placeOf(raw: RawRecord, alert: ParsedAlert, policy: Policy): { room: string; adopt: number | null } {
  const { issue, room } = raw.origin ?? {};
  if (typeof issue !== 'number') return { room: routeOf(alert, policy), adopt: null };
  return { room: typeof room === 'string' ? room : defaultRoom, adopt: issue };
}

/**
 * Events of several places: the last one, which made it true, says which room their alert belongs in, but where one of
 * them belongs in a restricted room, all are told there only.
 */
export function placeOfEvents(
  alert: ParsedAlert,
  scopes: readonly Scope[],
  policy: Policy,
): { room: string; scope: Scope } {
  const places = scopes.map((scope) => ({ scope, room: routeOf({ ...alert, scope }, policy) }));
  const hidden = places.find(({ room }) => roomOf(policy, room).restricted);
  return hidden ?? places[0] ?? { scope: {}, room: routeOf(alert, policy) };
}

/**
 * The room the routes name, but where they named another before: what an open incident tells of stays with it, and a
 * step of a life goes where the life was told, also to an incident closed since `since`. An alert that looks the same and
 * comes from elsewhere is no reason, nor is anything for a report.
 */
export async function inTheirRooms(
  tx: Sql,
  alerts: readonly Omit<Arrived, 'fingerprint'>[],
  policy: Policy,
  since: Date,
): Promise<Arrived[]> {
  const arrived = alerts.map((one) => {
    const { alert } = one.triaged;
    return { ...one, fingerprint: fingerprintOf(alert), lives: alert.lifecycle !== undefined || alert.update === true };
  });
  const held = Map.groupBy(await loadHeldElsewhere(tx, arrived, since), (one) => `${one.room}|${one.fingerprint}`);
  const read = new Set([defaultRoom, ...policy.rooms.map(({ key }) => key)]);
  return arrived.map((one) => {
    const { alert } = one.triaged;
    if (one.adopt !== null) return one;
    const before = held.get(`${one.room}|${one.fingerprint}`)?.find(({ stands, scope, entities }) => {
      // In a room nobody reads any more it can only end.
      if (!read.has(stands) && !ends(alert.lifecycle)) return false;
      return isSameRepository(scope, alert.scope) || routeOf({ ...alert, scope, entities }, policy) === one.room;
    });
    return before ? { ...one, room: before.stands } : one;
  });
}
