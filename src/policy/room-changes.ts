import { canonicalJson } from '../domain/canonical.ts';
import type { Policy, RoomRule, Route } from '../domain/policy.ts';
import { roomOf } from '../domain/room.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

type Rooms = Pick<Policy, 'rooms' | 'routes' | 'accept' | 'language' | 'timeZone'>;

/** Changes of whose alerts are taken, and of where they can be read: what more people may read is a warning. */
export function roomChanges(previous: Rooms, next: Rooms): PolicyChange[] {
  return [...acceptChanges(previous, next), ...listChanges(previous, next), ...routeChanges(previous, next)];
}

function acceptChanges({ accept: before }: Rooms, { accept: after }: Rooms): PolicyChange[] {
  const names = (list: string[]) => list.slice(0, 20).map(inCode).join(', ');
  if (!after) {
    const sentence = 'takes alerts of the whole installations of the issue and config repository again';
    return before ? [{ level: 'warning', sentence }] : [];
  }
  if (!before) return [{ level: 'warning', sentence: `takes alerts of nobody but ${names(after)}` }];
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  return [
    ...(gone.length > 0 ? [{ level: 'warning' as const, sentence: `takes no more alerts of ${names(gone)}` }] : []),
    ...(added.length > 0 ? [{ level: 'notice' as const, sentence: `takes alerts of ${names(added)}` }] : []),
  ];
}

function listChanges(previous: Rooms, next: Rooms): PolicyChange[] {
  const old = new Map(previous.rooms.map((room) => [room.key, room]));
  const kept = new Set(next.rooms.map(({ key }) => key));
  return [
    ...next.rooms.flatMap((room) => changeOf(old.get(room.key), room)),
    ...previous.rooms
      .filter(({ key }) => !kept.has(key))
      .map(({ key }): PolicyChange => {
        return {
          level: 'warning',
          sentence: `removes the room ${inCode(key)}: nothing is written or read there any more`,
        };
      }),
  ];
}

function changeOf(before: RoomRule | undefined, { restricted, origin, ...room }: RoomRule): PolicyChange[] {
  const name = inCode(room.key);
  if (!before) {
    return [{ level: 'notice', sentence: `adds the ${restricted ? 'restricted ' : ''}room ${name}`, origin }];
  }
  if (before.restricted && !restricted) {
    const sentence = `opens the room ${name}: its incidents are no longer restricted`;
    return [{ level: 'warning', sentence, origin }];
  }
  if (restricted && !before.restricted) return [{ level: 'notice', sentence: `restricts the room ${name}`, origin }];
  const same = before.language === room.language && before.timeZone === room.timeZone;
  return same ? [] : [{ level: 'notice', sentence: `changes language or time zone of the room ${name}`, origin }];
}

function routeChanges(previous: Rooms, next: Rooms): PolicyChange[] {
  const before = new Set(previous.routes.map(contentOf));
  const after = new Set(next.routes.map(contentOf));
  const gone = previous.routes.filter((route) => !after.has(contentOf(route)));
  const added = next.routes.flatMap((route, k) => (before.has(contentOf(route)) ? [] : [{ route, k }]));
  const changes = [
    ...gone.map((route): PolicyChange => ({ level: 'warning', sentence: `removes the route ${nameOf(route)}` })),
    ...added.map(({ route, k }): PolicyChange => {
      const hides = !roomOf(next, route.to).restricted && hidden(next.routes.slice(k + 1), next);
      const sentence = `adds the route ${nameOf(route)}${hides ? ', before a route to a restricted room' : ''}`;
      return { level: hides ? 'warning' : 'notice', sentence, origin: route.origin };
    }),
  ];
  const order = (routes: Route[]) => routes.map(contentOf).join('\n');
  if (changes.length > 0 || order(previous.routes) === order(next.routes)) return changes;
  return [{ level: 'warning', sentence: 'changes the order of the routes: the first that fits wins' }];
}

function hidden(later: Route[], policy: Rooms): boolean {
  return later.some(({ to }) => roomOf(policy, to).restricted);
}

function nameOf({ to, because }: Route): string {
  return `to ${inCode(to === '' ? 'default' : to)} (${inCode(because)})`;
}

function contentOf({ when, to, because }: Route): string {
  return canonicalJson({ when, to, because });
}
