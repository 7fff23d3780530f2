import { demand, READ } from '../access.ts';
import { branchRule, fullName } from '../lookups.ts';
import { type RestApp, reply, scene } from './rest-app.ts';

/** The rules of rulesets that hold for a branch; the older branch protection is not among them. */
export function addRuleRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/rules/branches/:branch{.+}', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('metadata'));
    const rule = branchRule(forge, repo, c.req.param('branch'));
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
  });
}
