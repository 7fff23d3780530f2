import { z } from 'zod';
import { type Forge, ForgeError } from '../ports/forge.ts';
import { readHead } from './git-read.ts';
import { commitFiles } from './git-write.ts';
import { allPages } from './since.ts';
import type { Target } from './target.ts';

const pullShape = z
  .looseObject({ number: z.number(), head: z.looseObject({ sha: z.string(), ref: z.string() }) })
  .transform((value) => ({ number: value.number, headSha: value.head.sha, branch: value.head.ref }));

/** Open pull requests, all pages. */
export async function openPullRequests(from: Target): Promise<{ number: number; headSha: string }[]> {
  const pulls = await allPages((page) => listOpen(from, page));
  return pulls.map(({ number, headSha }) => ({ number, headSha }));
}

/** Commits the files to the branch (begun at the default branch's tip) and opens a pull request, or finds the open one. */
export async function openPullRequest(
  to: Target,
  branch: string,
  pull: Parameters<Forge['openPullRequest']>[2],
): Promise<number> {
  const open = await findOpen(to, branch);
  if (open !== undefined) return open;
  const { defaultBranch } = to.repository;
  const base = await readHead(to, defaultBranch);
  if (base === undefined) {
    throw new ForgeError('not-found', `${to.params.owner}/${to.params.repo} has no commit to open a pull request on.`);
  }
  await commitFiles(to, branch, pull.title, pull.files, base);
  try {
    const made = await to.client.write(pullShape, (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/pulls', {
        ...to.params,
        title: pull.title,
        body: pull.body,
        head: branch,
        base: defaultBranch,
      }),
    );
    return made.number;
  } catch (error) {
    const meanwhile =
      error instanceof ForgeError && error.reason === 'validation' ? await findOpen(to, branch) : undefined;
    if (meanwhile === undefined) throw error;
    return meanwhile;
  }
}

async function findOpen(from: Target, branch: string): Promise<number | undefined> {
  const pulls = await listOpen(from, 1, `${from.params.owner}:${branch}`);
  return pulls.find((pull) => pull.branch === branch)?.number;
}

function listOpen(from: Target, page: number, head?: string) {
  return from.client.read(z.array(pullShape), (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/pulls', {
      ...from.params,
      state: 'open',
      per_page: 100,
      page,
      ...(head === undefined ? {} : { head }),
      headers,
    }),
  );
}
