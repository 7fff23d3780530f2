import { demand, READ } from '../access.ts';
import { diffTrees } from '../git/diff-trees.ts';
import { ancestors, mergeBase, refNamed, resolveCommit } from '../git/refs.ts';
import { gitObject } from '../git/trees.ts';
import { branchRule, fullName } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import { commitView, diffView } from '../views/commit-view.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

/** Commits, branches and comparisons as people think of them. */
export function addCommitRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/commits/:ref{.+}', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('contents'));
    return reply(commitView(forge, repo, resolveCommit(forge, repo, c.req.param('ref')), true));
  });
  rest.get('/repos/:owner/:repo/branches/:branch{.+}', branch);
  rest.get('/repos/:owner/:repo/compare/:basehead{.+}', compare);
}

function branch(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('contents'));
  const name = c.req.param('branch') ?? '';
  const ref = refNamed(forge, repo, `refs/heads/${name}`);
  if (!ref) throw notFound();
  const url = `${forge.apiUrl}/repos/${fullName(forge, repo)}/branches/${name}`;
  const classic = Boolean(branchRule(forge, repo, name)?.classic);
  return reply({
    name,
    commit: commitView(forge, repo, gitObject(forge, repo, 'commit', ref.sha)),
    _links: { self: url, html: `${forge.url}/${fullName(forge, repo)}/tree/${name}` },
    protected: classic,
    protection: { enabled: classic },
    protection_url: `${url}/protection`,
  });
}

function compare(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('contents'));
  const [from = '', to = ''] = (c.req.param('basehead') ?? '').split('...');
  const base = resolveCommit(forge, repo, from);
  const head = resolveCommit(forge, repo, to);
  const common = mergeBase(forge, repo, base.sha, head.sha);
  if (!common) throw notFound();
  const only = (one: string, other: string) => {
    const known = ancestors(forge, repo, other);
    return [...ancestors(forge, repo, one).values()].filter((commit) => !known.has(commit.sha)).reverse();
  };
  const ahead = only(head.sha, base.sha);
  const behind = only(base.sha, head.sha).length;
  const status = ahead.length === 0 ? (behind === 0 ? 'identical' : 'behind') : behind === 0 ? 'ahead' : 'diverged';
  const page = `${forge.url}/${fullName(forge, repo)}/compare/${base.sha}...${head.sha}`;
  return reply({
    url: `${forge.apiUrl}/repos/${fullName(forge, repo)}/compare/${from}...${to}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitView(forge, repo, base),
    merge_base_commit: commitView(forge, repo, common),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: ahead.map((commit) => commitView(forge, repo, commit)),
    files: diffTrees(forge, repo, common.tree, head.tree).map((file) => diffView(forge, repo, head.sha, file)),
  });
}
