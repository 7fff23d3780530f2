import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { diffTrees } from '../git/diff-trees.ts';
import { gitObject } from '../git/trees.ts';
import { changeIssue } from '../operations/change-issue.ts';
import { createPull, findPull, mergePull } from '../operations/pulls.ts';
import { diffView } from '../views/commit-view.ts';
import { forkPoint, pullView } from '../views/pull-view.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const PullBody = z.object({ title: z.string(), body: z.string().nullish(), head: z.string(), base: z.string() });
const PullPatch = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
});
const MergeBody = z.object({
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
  merge_method: z.enum(['merge', 'squash']).optional(),
});

/** Pull requests between branches of one repository. */
export function addPullRoutes(rest: RestApp): void {
  const one = '/repos/:owner/:repo/pulls/:number{[0-9]+}';
  rest.get('/repos/:owner/:repo/pulls', listPulls);
  rest.post('/repos/:owner/:repo/pulls', async (c) => {
    const input = await readBody(c, PullBody);
    const { forge, actor, repo } = scene(c);
    return reply(
      pullView(
        forge,
        forge.store.transact(() => createPull(forge, actor, repo, input)),
      ),
      201,
    );
  });
  rest.get(one, (c) => reply(pullView(c.get('forge'), pullIn(c).pull)));
  rest.patch(one, async (c) => {
    const change = await readBody(c, PullPatch);
    const { forge, actor, repo, pull } = pullIn(c);
    return reply(
      pullView(
        forge,
        forge.store.transact(() => changeIssue(forge, actor, repo, pull, change)),
      ),
    );
  });
  rest.get(`${one}/files`, listFiles);
  rest.put(`${one}/merge`, async (c) => {
    const input = await readBody(c, MergeBody);
    const { forge, actor, repo, pull } = pullIn(c);
    const sha = forge.store.transact(() => mergePull(forge, actor, repo, pull, input));
    return reply({ sha, merged: true, message: 'Pull Request successfully merged' });
  });
}

function pullIn(c: RestContext) {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('pull_requests'));
  return { forge, actor, repo, pull: findPull(forge, repo, Number(c.req.param('number'))) };
}

function listPulls(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('pull_requests'));
  const { state = 'open', head, base, direction } = c.req.query();
  const found = forge.store.group('issue', repo.id).filter((issue) => {
    if (!issue.pull || (state !== 'all' && issue.state !== state)) return false;
    if (base && issue.pull.base !== base) return false;
    return !head || head.replace(/^[^:]*:/, '') === issue.pull.head;
  });
  const { page, headers } = paginate(c, direction === 'asc' ? found : found.reverse());
  return reply(
    page.map((issue) => pullView(forge, issue)),
    200,
    headers,
  );
}

function listFiles(c: RestContext): Response {
  const { forge, repo, pull: issue } = pullIn(c);
  const { pull } = issue;
  const head = gitObject(forge, repo, 'commit', pull.headSha);
  const files = diffTrees(forge, repo, forkPoint(forge, repo, pull)?.tree ?? null, head.tree);
  const { page, headers } = paginate(c, files);
  return reply(
    page.map((file) => diffView(forge, repo, pull.headSha, file)),
    200,
    headers,
  );
}
