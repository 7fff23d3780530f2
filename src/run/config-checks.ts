import { sentenceOf } from '../domain/error.ts';
import { checkRunOf } from '../policy/check.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import { readCommit } from '../policy/read-commit.ts';
import type { KnownPlugins } from '../policy/response-rules.ts';
import type { Forge, PolicySource, RepoRef } from '../ports.ts';

export const checkName = 'Yagura policy';

export interface CheckDeps {
  forge: Forge;
  repo: RepoRef;
  policy: PolicySource;
  known: KnownPlugins;
}

/** Checks one commit of the config repository and completes its check run, whatever happens on the way. */
export async function checkCommit(deps: CheckDeps, headSha: string): Promise<void> {
  const { forge, repo, known } = deps;
  await forge.putCheckRun(repo, {
    name: checkName,
    headSha,
    status: 'in_progress',
    title: 'Reading',
    summary: '',
    annotations: [],
  });
  const content = await contentOf(deps, headSha, known).catch((error: unknown) => ({
    status: 'completed' as const,
    conclusion: 'failure' as const,
    title: 'The commit could not be checked',
    summary: `${sentenceOf(error).slice(0, 500)}\n\nAsk for the check again; if it fails again, the log of the app has the reason.`,
    annotations: [],
  }));
  await forge.putCheckRun(repo, { name: checkName, headSha, ...content });
}

async function contentOf(deps: CheckDeps, headSha: string, known: KnownPlugins) {
  const { files, refused } = await readCommit(deps.forge, deps.repo, headSha);
  const meta = { commit: headSha, repository: `${deps.repo.owner}/${deps.repo.name}` };
  const { policy, problems } = loadPolicy(files, meta, known);
  return checkRunOf([...refused, ...problems], policy, deps.policy.current());
}
