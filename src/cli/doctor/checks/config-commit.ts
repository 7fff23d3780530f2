import type { PolicyProblem } from '../../../domain/policy.ts';
import { problemLine } from '../../../policy/check.ts';
import { lastGood } from '../../../policy/policy-store.ts';
import { defineCheck, type Finding } from '../check.ts';
import type { Scene } from '../scene.ts';

type Name = 'not-set' | 'empty' | 'broken' | 'not-yet' | 'in-force-unknown';

export const configCommit = defineCheck<Name>({
  name: 'config-commit',
  part: 'policy',
  looksAt: 'The newest commit of the config repository: whether it is good, and whether it is the one in force.',
  limit: 60,
  outcomes: {
    'not-set': {
      state: 'warning',
      when: 'no config repository is set: safe defaults are in force, nobody may act',
      fix: 'Set YAGURA_CONFIG_REPO; yagura init DIR writes a policy to begin with.',
    },
    empty: {
      state: 'warning',
      when: 'the config repository holds no policy: safe defaults are in force, nobody may act',
      fix: 'Run yagura init DIR in a checkout of {repository}, say who may do what, commit and push.',
    },
    broken: {
      state: 'fault',
      when: 'the newest commit is broken, so an older one or safe defaults stay in force',
      fix: 'Correct the line it names in {repository}; yagura check DIR says the same before you push.',
    },
    'not-yet': {
      state: 'warning',
      when: 'the newest commit is good and Yagura has not taken it yet',
      fix: 'Start Yagura if it does not run; otherwise wait a minute, then see what its log says about {repository}.',
    },
    'in-force-unknown': {
      state: 'could-not-look',
      when: 'the newest commit is good, and the database does not tell which one is in force',
      fix: 'Mend what the line about the database says.',
    },
  },
  async run(scene) {
    if (!scene.settings().github) return [await inTheDemo(scene)];
    const { configRepo } = scene.github();
    if (!configRepo) return [{ outcome: 'not-set', says: 'YAGURA_CONFIG_REPO is not set' }];
    const repository = `${configRepo.owner}/${configRepo.name}`;
    const values = { repository };
    const { commit, files, problems } = await scene.newestPolicy();
    const [problem] = problems;
    if (problem) {
      const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
      return [{ outcome: 'broken', says: `${short(commit)} is broken: ${problemLine(problem)}${more}`, values }];
    }
    if (files === 0) return [{ outcome: 'empty', says: `${repository} holds no policy`, values }];
    return [await inForce(scene, repository, commit)];
  },
});

async function inForce(scene: Scene, repository: string, commit: string | undefined): Promise<Finding<Name>> {
  const values = { repository };
  const good = `the newest commit of ${repository}, ${short(commit)}, is good`;
  let stored: { commit: string } | undefined;
  try {
    stored = await lastGood(await scene.records(), repository);
  } catch {
    return { outcome: 'in-force-unknown', says: `${good}; which one is in force is not known`, values };
  }
  if (stored?.commit === commit) return { ok: `${good} and in force` };
  const other = stored ? short(stored.commit) : 'none yet';
  return { outcome: 'not-yet', says: `${good}; in force: ${other}`, values };
}

/** What the demo wrote down when it last looked: its forge need not run. */
async function inTheDemo(scene: Scene): Promise<Finding<Name>> {
  const repository = 'acme/soc-config';
  const { rows } = await (await scene.records()).query<{ commit: string; problems: PolicyProblem[] }>(
    'select commit, problems from policy_commit where repository = $1 order by at desc limit 1',
    [repository],
  );
  const [newest] = rows;
  if (!newest) return { ok: 'the demo has read no policy yet' };
  const [problem] = newest.problems;
  if (!problem) return { ok: `in force in the demo: ${repository}@${short(newest.commit)}` };
  const says = `${short(newest.commit)} is broken: ${problemLine(problem)}`;
  return { outcome: 'broken', says, values: { repository } };
}

function short(commit: string | undefined): string {
  return commit?.slice(0, 12) ?? 'no commit';
}
