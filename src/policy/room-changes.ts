import { canonicalJson } from '../domain/canonical.ts';
import type { Policy, RoomRule, Route } from '../domain/policy.ts';
import { roomChangeWords } from '../messages/room-changes.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

type Rooms = Pick<Policy, 'rooms' | 'routes' | 'accept' | 'language' | 'timeZone'>;

/** Changes of whose alerts are taken, and of where they can be read: what more people may read is a warning. */
export function roomChanges(previous: Rooms, next: Rooms): PolicyChange[] {
  const words = roomChangeWords(next.language);
  return [
    ...acceptChanges(previous, next, words),
    ...listChanges(previous, next, words),
    ...routeChanges(previous, next, words),
  ];
}

type Words = ReturnType<typeof roomChangeWords>;

function acceptChanges({ accept: before }: Rooms, { accept: after }: Rooms, words: Words): PolicyChange[] {
  const names = (list: string[]) => list.slice(0, 20).map(inCode).join(', ');
  if (!after) return before ? [{ level: 'warning', sentence: words.takesAll }] : [];
  if (!before) return [{ level: 'warning', sentence: words.takesOnly(names(after)) }];
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  return [
    ...(gone.length > 0 ? [{ level: 'warning' as const, sentence: words.takesNoMore(names(gone)) }] : []),
    ...(added.length > 0 ? [{ level: 'notice' as const, sentence: words.takes(names(added)) }] : []),
  ];
}

function listChanges(previous: Rooms, next: Rooms, words: Words): PolicyChange[] {
  const old = new Map(previous.rooms.map((room) => [room.key, room]));
  const kept = new Set(next.rooms.map(({ key }) => key));
  return [
    ...next.rooms.flatMap((room) => changeOf(old.get(room.key), room, words)),
    ...previous.rooms
      .filter(({ key }) => !kept.has(key))
      .map(({ key }): PolicyChange => {
        return {
          level: 'warning',
          sentence: words.removesRoom(inCode(key)),
        };
      }),
  ];
}

function changeOf(
  before: RoomRule | undefined,
  { restricted, origin, ...room }: RoomRule,
  words: Words,
): PolicyChange[] {
  const name = inCode(room.key);
  if (!before) {
    return [{ level: 'notice', sentence: restricted ? words.addsRestricted(name) : words.addsRoom(name), origin }];
  }
  if (before.restricted && !restricted) {
    return [{ level: 'warning', sentence: words.opens(name), origin }];
  }
  if (restricted && !before.restricted) return [{ level: 'notice', sentence: words.restricts(name), origin }];
  const same = before.language === room.language && before.timeZone === room.timeZone;
  return same ? [] : [{ level: 'notice', sentence: words.locale(name), origin }];
}

function routeChanges(previous: Rooms, next: Rooms, words: Words): PolicyChange[] {
  const before = new Set(previous.routes.map(contentOf));
  const after = new Set(next.routes.map(contentOf));
  const gone = previous.routes.filter((route) => !after.has(contentOf(route)));
  const added = next.routes.filter((route) => !before.has(contentOf(route)));
  const changes = [
    ...gone.map((route): PolicyChange => ({ level: 'warning', sentence: words.removesRoute(nameOf(route, words)) })),
    ...added.map((route): PolicyChange => {
      return { level: 'notice', sentence: words.addsRoute(nameOf(route, words)), origin: route.origin };
    }),
  ];
  const order = (routes: Route[]) => routes.map(contentOf).join('\n');
  if (changes.length > 0 || order(previous.routes) === order(next.routes)) return changes;
  return [{ level: 'warning', sentence: words.routeOrder }];
}

function nameOf({ to, because }: Route, words: Words): string {
  return words.routeTo(inCode(to === '' ? 'default' : to), inCode(because));
}

function contentOf({ when, to, because }: Route): string {
  return canonicalJson({ when, to, because });
}
