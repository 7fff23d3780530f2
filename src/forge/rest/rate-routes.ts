import { actorName } from '../actor.ts';
import type { Meter } from './meter.ts';
import { type RestApp, reply } from './rest-app.ts';

/** What is left of the hourly requests. */
export function addRateRoutes(rest: RestApp, meter: Meter): void {
  rest.get('/rate_limit', (c) => {
    const headers = meter.headers(actorName(c.get('actor')));
    const number = (name: string) => Number(headers[`x-ratelimit-${name}`] ?? 0);
    const core = {
      limit: number('limit'),
      used: number('used'),
      remaining: number('remaining'),
      reset: number('reset'),
    };
    return reply({ resources: { core, search: { limit: 0, used: 0, remaining: 0, reset: core.reset } }, rate: core });
  });
}
