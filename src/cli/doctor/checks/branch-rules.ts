import { defineCheck } from '../check.ts';

export const branchRules = defineCheck({
  name: 'branch-rules',
  part: 'repositories',
  looksAt:
    "Whether a change of the config repository's default branch needs somebody else's approval; policy is what is merged there.",
  demo: 'whoever is at this machine may be anybody in it',
  outcomes: {
    'no-review': {
      state: 'fault',
      when: 'whoever can write to the config repository can raise what Yagura may do, alone',
      fix: 'At {page}/settings/rules add a branch ruleset for the default branch that requires a pull request with at least one approval.',
    },
    'older-protection': {
      state: 'could-not-look',
      when: 'the older branch protection is on, and what it asks for is not for an app without `administration: read`',
      fix: 'See at {page}/settings/branches that it requires an approval, grant Administration: Read-only, or use a ruleset.',
    },
  },
  async run(scene) {
    const { configRepo } = scene.github();
    if (!configRepo) return [{ ok: 'of no concern without a config repository' }];
    const { default_branch: branch, html_url: page, installation } = await scene.repository(configRepo);
    const asked = await (await scene.inspect()).branch(configRepo, branch, installation);
    const place = `${configRepo.owner}/${configRepo.name}@${branch}`;
    const { rulesets, protection } = asked;
    const approvals = Math.max(rulesets ?? 0, typeof protection === 'number' ? protection : 0);
    if (approvals > 0) {
      return [{ ok: `${place}: a change needs ${approvals === 1 ? 'an approval' : `${approvals} approvals`}` }];
    }
    if (protection === 'unreadable') {
      return [{ outcome: 'older-protection', says: `${place} is protected, how cannot be read`, values: { page } }];
    }
    const direct = rulesets === undefined && protection === undefined;
    const why = direct ? 'can be pushed to without review' : 'takes a pull request that nobody approved';
    return [{ outcome: 'no-review', says: `${place} ${why}`, values: { page } }];
  },
});
