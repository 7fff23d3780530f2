import { z } from 'zod';
import { languages } from '../../domain/locale.ts';
import type { RoomRule, Route } from '../../domain/policy.ts';
import { defaultRoom } from '../../domain/room.ts';
import type { LineOf } from '../yaml-lines.ts';
import { routeConditionSchema } from './condition.ts';
import { listOf, strict } from './strict.ts';
import { organizationOrRepository, repository, sentence, timeZone } from './values.ts';

/** Rooms, routes and accepted names at most: each alert is asked about each route, each room is swept. */
const most = { rooms: 50, routes: 200, accepted: 500 } as const;

/** How a route names the default repository. */
const theDefault = 'default';

/** The keys of `yagura.md` about several organizations and issue repositories. */
export const roomKeys = {
  accept: listOf(organizationOrRepository).pipe(z.array(z.string()).max(most.accepted)).exactOptional(),
  rooms: z
    .array(
      strict({
        repository,
        restricted: z.boolean().exactOptional(),
        language: z.enum(languages).exactOptional(),
        time_zone: timeZone.exactOptional(),
      }),
    )
    .max(most.rooms)
    .exactOptional(),
  routes: z
    .array(strict({ when: routeConditionSchema, to: z.literal(theDefault).or(repository), because: sentence }))
    .max(most.routes)
    .exactOptional(),
};

const roomSettings = strict(roomKeys);
type RoomSettings = z.output<typeof roomSettings>;

export function roomRules({ rooms = [] }: RoomSettings, path: string, lineOf: LineOf): RoomRule[] {
  return rooms.map(({ repository: key, restricted = false, language, time_zone: zone }, i) => ({
    key,
    restricted,
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { timeZone: zone }),
    origin: { path, line: lineOf(['rooms', i]) },
  }));
}

export function routeRules({ routes = [] }: RoomSettings, path: string, lineOf: LineOf): Route[] {
  return routes.map(({ when, to, because }, i) => ({
    when,
    to: to === theDefault ? defaultRoom : to,
    because,
    origin: { path, line: lineOf(['routes', i]) },
  }));
}
