import type { ForgeState } from '../forge-state.ts';
import { addAppRoutes } from './app-routes.ts';
import { authenticate } from './authenticate.ts';
import { addCommentRoutes } from './comment-routes.ts';
import { addIssueRoutes } from './issue-routes.ts';
import { addLabelRoutes } from './label-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addRepositoryRoutes } from './repository-routes.ts';
import { newRestApp, type RestApp } from './rest-app.ts';

/** The whole REST API over one forge. */
export function restRoutes(forge: ForgeState): RestApp {
  const rest = newRestApp(forge);
  rest.use('*', async (c, next) => {
    c.set('forge', forge);
    c.set('actor', authenticate(forge, c.req.header('authorization')));
    await next();
  });
  addAppRoutes(rest);
  addPeopleRoutes(rest);
  addRepositoryRoutes(rest);
  addIssueRoutes(rest);
  addCommentRoutes(rest);
  addLabelRoutes(rest);
  return rest;
}
