import type { ForgeState } from '../forge-state.ts';
import { addAppRoutes } from './app-routes.ts';
import { authenticate } from './authenticate.ts';
import { addCheckRoutes } from './check-routes.ts';
import { addCommentRoutes } from './comment-routes.ts';
import { addCommitRoutes } from './commit-routes.ts';
import { addContentsRoutes } from './contents-routes.ts';
import { conditional } from './etag.ts';
import { addGitRoutes } from './git-routes.ts';
import { addHookRoutes } from './hook-routes.ts';
import { addIssueRoutes } from './issue-routes.ts';
import { addLabelRoutes } from './label-routes.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPullRoutes } from './pull-routes.ts';
import { addRefRoutes } from './ref-routes.ts';
import { addRepositoryRoutes } from './repository-routes.ts';
import { newRestApp, type RestApp } from './rest-app.ts';

import { addTreeRoutes } from './tree-routes.ts';

/** The whole REST API over one forge. */
export function restRoutes(forge: ForgeState): RestApp {
  const rest = newRestApp(forge);
  rest.use('*', async (c, next) => {
    c.set('forge', forge);
    c.set('actor', authenticate(forge, c.req.header('authorization')));
    await next();
  });
  rest.use('*', conditional());
  addAppRoutes(rest);
  addPeopleRoutes(rest);
  addRepositoryRoutes(rest);
  addIssueRoutes(rest);
  addCommentRoutes(rest);
  addLabelRoutes(rest);
  addContentsRoutes(rest);
  addRefRoutes(rest);
  addTreeRoutes(rest);
  addGitRoutes(rest);
  addCheckRoutes(rest);
  addCommitRoutes(rest);
  addPullRoutes(rest);
  addHookRoutes(rest);
  return rest;
}
