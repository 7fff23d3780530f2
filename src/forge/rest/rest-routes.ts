import type { Faults } from '../faults.ts';
import type { ForgeState } from '../forge-state.ts';
import { admission } from './admission.ts';
import { addAlertRoutes } from './alert-routes.ts';
import { addAppRoutes } from './app-routes.ts';
import { addCheckRoutes } from './check-routes.ts';
import { addCommentRoutes } from './comment-routes.ts';
import { addCommitRoutes } from './commit-routes.ts';
import { addContentsRoutes } from './contents-routes.ts';
import { conditional } from './etag.ts';
import { addGitRoutes } from './git-routes.ts';
import { addGraphqlRoute } from './graphql-route.ts';
import { addHookRoutes } from './hook-routes.ts';
import { addIssueRoutes } from './issue-routes.ts';
import { addLabelRoutes } from './label-routes.ts';
import { addManifestRoutes } from './manifest-routes.ts';
import { newMeter } from './meter.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { addPullRoutes } from './pull-routes.ts';
import { addRateRoutes } from './rate-routes.ts';
import { addRefRoutes } from './ref-routes.ts';
import { addRepositoryRoutes } from './repository-routes.ts';
import { newRestApp, type RestApp } from './rest-app.ts';
import { addRuleRoutes } from './rule-routes.ts';
import { addSupplyChainRoutes } from './supply-chain-routes.ts';
import { addTreeRoutes } from './tree-routes.ts';

/** The whole REST API over one forge. */
export function restRoutes(forge: ForgeState, faults: Faults): RestApp {
  const rest = newRestApp(forge);
  const meter = newMeter(forge);
  // Whoever has the code has no token yet.
  addManifestRoutes(rest, forge);
  rest.use('*', admission(forge, meter, faults));
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
  addRuleRoutes(rest);
  addCommitRoutes(rest);
  addPullRoutes(rest);
  addAlertRoutes(rest);
  addHookRoutes(rest);
  addSupplyChainRoutes(rest);
  addGraphqlRoute(rest);
  addRateRoutes(rest, meter);
  return rest;
}
