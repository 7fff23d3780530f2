import { Hono } from 'hono';
import type { ForgeState } from './forge-state.ts';

/** Everything that is not REST: the web pages. */
export function siteRoutes(_forge: ForgeState): Hono {
  const site = new Hono();
  site.get('/', (c) => c.text('Yagura forge\n'));
  return site;
}
