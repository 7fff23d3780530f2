import { matches } from './condition.ts';
import type { Locale } from './locale.ts';
import type { Policy, RoomRule } from './policy.ts';
import type { Scope } from './scope.ts';

/** An issue repository, and how its readers are written to. */
export interface Room extends Locale {
  /** `''`: the default, `YAGURA_REPO`; else `owner/name` in lower case. */
  key: string;
  /** Of its incidents only a number is told elsewhere. */
  restricted: boolean;
}

/** An issue: the room it stands in and its number there. */
export interface IssueRef {
  room: string;
  issue: number;
}

/** The issue repository without a name of its own. */
export const defaultRoom = '';

/** A room by its key. One the policy lists no longer is taken for restricted: nobody said that it may be read elsewhere. */
export function roomOf(policy: Pick<Policy, 'rooms' | 'language' | 'timeZone'>, key: string): Room {
  const { language, timeZone } = policy;
  if (key === defaultRoom) return { key, restricted: false, language, timeZone };
  const listed = policy.rooms.find((room) => room.key === key);
  return { key, restricted: listed?.restricted ?? true, ...localeOf(listed, { language, timeZone }) };
}

/** The policy as it speaks in a room: in that room's language and time. */
export function policyIn(policy: Policy, key: string): Policy {
  const { language, timeZone } = roomOf(policy, key);
  return language === policy.language && timeZone === policy.timeZone ? policy : { ...policy, language, timeZone };
}

/** The rooms of whose incidents everybody may read. */
export function openRooms(policy: Pick<Policy, 'rooms'>): string[] {
  return [defaultRoom, ...policy.rooms.filter(({ restricted }) => !restricted).map(({ key }) => key)];
}

/** What a route asks about an alert. */
export type Routed = Omit<Parameters<typeof matches>[1], 'effectiveSeverity'> & { scope?: Scope };

/**
 * Key of the room an alert belongs in: that of the first route to a restricted room whose condition holds, else of the
 * first whose condition holds, else the default.
 */
export function routeOf(alert: Routed, policy: Pick<Policy, 'routes' | 'rooms' | 'language' | 'timeZone'>): string {
  // No route asks for a severity: it may change, and an incident stays where it is.
  const fitting = policy.routes.filter(({ when }) => matches(when, { ...alert, effectiveSeverity: 'unknown' }));
  const route = fitting.find(({ to }) => roomOf(policy, to).restricted) ?? fitting[0];
  return route?.to ?? defaultRoom;
}

function localeOf(room: RoomRule | undefined, otherwise: Locale): Locale {
  return { language: room?.language ?? otherwise.language, timeZone: room?.timeZone ?? otherwise.timeZone };
}
