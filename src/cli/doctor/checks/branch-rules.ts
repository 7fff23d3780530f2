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
      when: 'the older branch protection is on: an app without administration cannot read what it asks for',
      fix: 'See at {page}/settings/branches that it requires an approval, or use a ruleset, which can be read.',
    },
  },
  async run(scene) {
    const { configRepo } = scene.github();
    if (!configRepo) return [{ ok: 'of no concern without a config repository' }];
    const { default_branch: branch, html_url: page, installation } = await scene.repository(configRepo);
    const asked = await (await scene.inspect()).branch(configRepo, branch, installation);
    const place = `${configRepo.owner}/${configRepo.name}@${branch}`;
    const { approvals } = asked;
    if (approvals !== undefined && approvals > 0) {
      return [{ ok: `${place}: a change needs ${approvals === 1 ? 'an approval' : `${approvals} approvals`}` }];
    }
    if (asked.protected) {
      return [{ outcome: 'older-protection', says: `${place} is protected, how cannot be read`, values: { page } }];
    }
    const why =
      approvals === undefined ? 'can be pushed to without review' : 'takes a pull request that nobody approved';
    return [{ outcome: 'no-review', says: `${place} ${why}`, values: { page } }];
  },
});
