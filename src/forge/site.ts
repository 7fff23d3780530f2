import type { ForgeState } from './forge-state.ts';
import type { PageApp } from './pages/page-app.ts';
import { pageRoutes } from './pages/page-routes.ts';

/** Everything that is not REST: the web pages. */
export function siteRoutes(forge: ForgeState): PageApp {
  return pageRoutes(forge);
}
