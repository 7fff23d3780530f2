import { nearest } from '../domain/nearest.ts';
import type { Policy, PolicyProblem } from '../domain/policy.ts';
import { defaultRoom } from '../domain/room.ts';
import { shown } from './problems.ts';

/** What is wrong with rooms and routes: a room listed twice, a route to one that is not listed. */
export function roomProblems({ rooms, routes }: Pick<Policy, 'rooms' | 'routes'>): PolicyProblem[] {
  const keys = rooms.map(({ key }) => key);
  const twice = rooms.filter(({ key }, k) => keys.indexOf(key) < k);
  return [
    ...twice.map(({ key, origin }) => ({ ...origin, message: `The room ${shown(key)} is listed already.` })),
    ...routes.flatMap(({ to, origin }) => {
      if (to === defaultRoom || keys.includes(to)) return [];
      const near = nearest(to, keys);
      const hint = near === undefined ? 'list it below rooms, or write default.' : `did you mean ${near}?`;
      return [{ ...origin, message: `No room is ${shown(to)}; ${hint}` }];
    }),
  ];
}
