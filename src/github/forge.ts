import { type Forge, ForgeError, type ForgeRepository, type RepoRef } from '../ports/forge.ts';
import type { SupplyChain } from '../ports/supply-chain.ts';
import { coveredRepositories, readAlerts } from './alert-lists.ts';
import { createBlobCache } from './blob-cache.ts';
import { checkRunDone, putCheckRun } from './check-runs.ts';
import type { ClientOptions } from './client.ts';
import { commentsSince, createComment, readComment, readComments, updateComment } from './comments.ts';
import { redeliverFailed } from './deliveries.ts';
import { readFile, readFiles, readHead } from './git-read.ts';
import { commitFiles } from './git-write.ts';
import { createInstallations } from './installations.ts';
import { createIssue, createLabel, issuesSince, readIssue, updateIssue } from './issues.ts';
import { clientForOwner, isTeamMember, roleOf } from './people.ts';
import { pinIssue } from './pin-issue.ts';
import { openPullRequest, openPullRequests } from './pulls.ts';
import { createRepositories } from './repository.ts';
import { NOBODY, readSelf } from './self.ts';
import { createSupplyChain } from './supply-chain.ts';
import { onRepository, type Target } from './target.ts';

export interface ForgeOptions extends ClientOptions {
  /** Found by repository when not given. */
  installationId?: number;
}

/** The Forge port over GitHub's API, with what only the start and the webhooks need. */
export interface GithubForge extends Forge {
  /**
   * Binds a configured name to a repository by numeric id: a rename since `knownId` was stored is followed; another
   * repository under the name is refused with `YaguraError('forge')`.
   */
  hold(repo: RepoRef, knownId?: number): Promise<ForgeRepository>;
  /** Installation a repository belongs to. */
  installationOf(repo: RepoRef): Promise<number>;
  supplyChain: SupplyChain;
}

/** GitHub, GitHub Enterprise Server or anything compatible by `apiUrl`. Nothing is sent before the first call. */
export function createForge(options: ForgeOptions): GithubForge {
  const installations = createInstallations(options, options.installationId);
  const repositories = createRepositories(installations);
  const blobs = createBlobCache(16 * 1024 * 1024);
  const on = <T>(repo: RepoRef, work: (target: Target) => Promise<T>) => onRepository(repositories, repo, work);
  let self: ReturnType<Forge['self']> | undefined;

  return {
    async self() {
      const asked = self ?? readSelf(installations);
      self = asked;
      const known = await asked.then((one) => one.botId !== NOBODY).catch(() => false);
      if (!known && self === asked) self = undefined;
      return asked;
    },
    supplyChain: createSupplyChain(installations),
    hold: async (repo, knownId) => plain(await repositories.hold(repo, knownId)),
    installationOf: async (repo) => (await repositories.current(repo)).installationId,
    repository: async (repo) => plain(await repositories.fresh(repo)),

    createIssue: (repo, issue) => on(repo, (to) => createIssue(to, issue)),
    updateIssue: (repo, number, change) => on(repo, (to) => updateIssue(to, number, change)),
    issue: (repo, number) => on(repo, (from) => readIssue(from, number)),
    issuesSince: (repo, since) => on(repo, (from) => issuesSince(from, since)),
    pinIssue: (repo, number) => on(repo, (to) => pinIssue(to, number)),
    createLabel: (repo, label) => on(repo, (to) => createLabel(to, label)),

    createComment: (repo, number, body) => on(repo, (to) => createComment(to, number, body)),
    updateComment: (repo, id, body) => on(repo, (to) => updateComment(to, id, body)),
    comment: (repo, id) => on(repo, (from) => readComment(from, id)),
    comments: (repo, number) => on(repo, (from) => readComments(from, number)),
    commentsSince: (repo, since) => on(repo, (from) => commentsSince(from, since)),

    roleOf: (repo, login) => on(repo, (from) => roleOf(from, login)),
    async isTeamMember(team, login) {
      const [org = ''] = team.split('/');
      if (!/^[^/]+\/[^/]+$/.test(team)) throw new ForgeError('not-found', `"${team}" is not a team: write org/team.`);
      return isTeamMember(await clientForOwner(installations, repositories, org), team, login);
    },

    head: (repo, branch) => on(repo, (from) => readHead(from, branch)),
    files: (repo, commit, wanted) => on(repo, (from) => readFiles(from, blobs, commit, wanted)),
    file: (repo, branch, path) => on(repo, (from) => readFile(from, blobs, branch, path)),
    async commit(repo, branch, message, files) {
      // Asked anew: a default branch can change its name, and it must never be written to.
      await repositories.fresh(repo);
      return on(repo, (to) => commitFiles(to, branch, message, files));
    },
    async openPullRequest(repo, branch, pull) {
      await repositories.fresh(repo);
      return on(repo, (to) => openPullRequest(to, branch, pull));
    },
    pullRequests: (repo) => on(repo, openPullRequests),

    putCheckRun: (repo, run) => on(repo, (to) => putCheckRun(to, run)),
    checkRunDone: (repo, headSha, name) => on(repo, (from) => checkRunDone(from, headSha, name)),
    accounts: () => installations.accounts(),
    covered: (installation) => coveredRepositories(installations.client(installation)),
    alerts: (list, ask) => readAlerts(installations.client(list.installation), list, ask),
    requestsLeft: async (repo) => installations.requestsLeft(repo && repositories.installationOfOwner(repo.owner)),
    redeliverFailed: (since) => redeliverFailed(installations.app, since),
  };
}

/** The port's repository, without the client that came with it. */
function plain(repository: ForgeRepository): ForgeRepository {
  const { id, owner, name, hasIssues, defaultBranch } = repository;
  return { id, owner, name, private: repository.private, hasIssues, defaultBranch };
}
