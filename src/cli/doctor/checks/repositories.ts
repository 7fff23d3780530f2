import type { RepoRef } from '../../../ports/forge.ts';
import { defineCheck, type Finding } from '../check.ts';
import type { Scene } from '../scene.ts';

type Name = 'public' | 'public-allowed' | 'no-issues' | 'archived';

export const repositories = defineCheck<Name>({
  name: 'repositories',
  part: 'repositories',
  looksAt:
    'Whether the issue and the config repository are private (nothing is written while one is public) and open for writing.',
  demo: 'its repositories exist on this machine only',
  outcomes: {
    public: {
      state: 'fault',
      when: 'one of them is public, so nothing is published',
      fix: 'Make it private at {page}/settings (Danger Zone → Change visibility).',
    },
    'public-allowed': {
      state: 'warning',
      when: 'one of them is public and `YAGURA_ALLOW_PUBLIC=1` allows it',
      fix: 'Make it private at {page}/settings and unset YAGURA_ALLOW_PUBLIC, unless the whole world is meant to read it.',
    },
    'no-issues': {
      state: 'fault',
      when: 'issues are switched off in the issue repository',
      fix: 'Tick "Issues" under Features at {page}/settings.',
    },
    archived: {
      state: 'fault',
      when: 'one of them is archived, so nothing can be written',
      fix: 'Unarchive it at {page}/settings (Danger Zone), or choose another repository.',
    },
  },
  async run(scene) {
    const { repo, configRepo } = scene.github();
    const found = await lookAt(scene, repo, true);
    if (configRepo) found.push(...(await lookAt(scene, configRepo, false)));
    if (found.length > 0) return found;
    const names = [repo, ...(configRepo ? [configRepo] : [])].map(({ owner, name }) => `${owner}/${name}`);
    return [{ ok: `${names.join(' and ')}: private, open for writing` }];
  },
});

async function lookAt(scene: Scene, ref: RepoRef, issues: boolean): Promise<Finding<Name>[]> {
  const repository = await scene.repository(ref);
  const name = `${ref.owner}/${ref.name}`;
  const values = { page: repository.html_url };
  const found: Finding<Name>[] = [];
  if (!repository.private) {
    const outcome = scene.settings().allowPublic ? 'public-allowed' : 'public';
    found.push({ outcome, says: `${name} is public: anybody can read what is in it`, values });
  }
  if (issues && !repository.has_issues) found.push({ outcome: 'no-issues', says: `${name} has no issues`, values });
  if (repository.archived) found.push({ outcome: 'archived', says: `${name} is archived`, values });
  return found;
}
