import { cutText } from '../domain/cut.ts';
import { sentenceOf } from '../domain/error.ts';
import { policyCheckWords } from '../messages/policy-check.ts';
import { checkRunOf } from '../policy/check.ts';
import { loadPolicy } from '../policy/load-policy.ts';
import { readCommit } from '../policy/read-commit.ts';
import type { KnownPlugins } from '../policy/response-rules.ts';
import { unreadableTeams } from '../policy/unreadable-teams.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';

const checkName = 'Yagura policy';

export interface CheckDeps {
  forge: Forge;
  repo: RepoRef;
  policy: PolicySource;
  known: KnownPlugins;
  log(sentence: string): void;
}

/**
 * Checks one commit of the config repository and completes its check run, whatever happens on the way. Where the server
 * has no check runs or does not let us, that is logged: the policy is read again when it is merged.
 */
export async function checkCommit(deps: CheckDeps, headSha: string): Promise<void> {
  try {
    await runCheck(deps, headSha);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    deps.log(`no check could be put on ${headSha.slice(0, 12)}: ${sentenceOf(error)}`);
  }
}

/** Heads of open pull requests whose check is not completed; none where the server has no such thing for us. */
export async function uncheckedHeads({ forge, repo }: Pick<CheckDeps, 'forge' | 'repo'>): Promise<string[]> {
  const heads: string[] = [];
  for (const { headSha } of (await unlessRefused(forge.pullRequests(repo))) ?? [])
    if ((await unlessRefused(forge.checkRunDone(repo, headSha, checkName))) === false) heads.push(headSha);
  return heads;
}

function unlessRefused<T>(call: Promise<T>): Promise<T | undefined> {
  return call.catch((error: unknown) => {
    if (!isRefusal(error)) throw error;
    return undefined;
  });
}

/** An answer that asking again does not change. */
function isRefusal(error: unknown): boolean {
  return error instanceof ForgeError && ['not-found', 'forbidden', 'validation'].includes(error.reason);
}

async function runCheck(deps: CheckDeps, headSha: string): Promise<void> {
  const { forge, repo, known } = deps;
  const words = policyCheckWords(deps.policy.current().language);
  await forge.putCheckRun(repo, {
    name: checkName,
    headSha,
    status: 'in_progress',
    title: words.reading,
    summary: '',
    annotations: [],
  });
  const content = await contentOf(deps, headSha, known).catch((error: unknown) => ({
    status: 'completed' as const,
    conclusion: 'failure' as const,
    title: words.failed,
    summary: words.askAgain(cutText(sentenceOf(error, deps.policy.current().language), 500)),
    annotations: [],
  }));
  await forge.putCheckRun(repo, { name: checkName, headSha, ...content });
}

async function contentOf(deps: CheckDeps, headSha: string, known: KnownPlugins) {
  const { files, refused } = await readCommit(deps.forge, deps.repo, headSha);
  const meta = { commit: headSha, repository: `${deps.repo.owner}/${deps.repo.name}` };
  const { policy, problems, warnings } = loadPolicy(files, meta, known);
  problems.push(...(await unreadableTeams(deps.forge, policy.teams)));
  return checkRunOf([...refused, ...problems], policy, deps.policy.current(), warnings);
}
