import { demand, READ } from '../access.ts';
import { branchRule, fullName } from '../lookups.ts';
import { Refusal } from '../refusal.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

/** What is asked of changes to a branch: the rules of rulesets, and the older branch protection, which is not among them. */
export function addRuleRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/rules/branches/:branch{.+}', listRules);
  rest.get('/repos/:owner/:repo/branches/:branch{.+}/protection', getProtection);
}

function listRules(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('metadata'));
  const rule = branchRule(forge, repo, c.req.param('branch') ?? '');
  if (!rule || rule.reviews === null) return reply([]);
  const parameters = {
    allowed_merge_methods: ['merge', 'squash', 'rebase'],
    dismiss_stale_reviews_on_push: false,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_approving_review_count: rule.reviews,
    required_review_thread_resolution: false,
  };
  const from = { ruleset_source_type: 'Repository', ruleset_source: fullName(forge, repo), ruleset_id: repo.id };
  return reply([{ type: 'pull_request', parameters, ...from }]);
}

function getProtection(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, { permission: 'administration', level: 'read', role: 'admin' });
  const branch = c.req.param('branch') ?? '';
  const classic = branchRule(forge, repo, branch)?.classic;
  if (!classic) throw new Refusal(404, 'Branch not protected');
  const url = `${forge.apiUrl}/repos/${fullName(forge, repo)}/branches/${branch}/protection`;
  const reviews = {
    url: `${url}/required_pull_request_reviews`,
    dismiss_stale_reviews: false,
    require_code_owner_reviews: false,
    require_last_push_approval: false,
    required_approving_review_count: classic.reviews ?? 0,
  };
  return reply({
    url,
    ...(classic.reviews === null ? {} : { required_pull_request_reviews: reviews }),
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
  });
}
