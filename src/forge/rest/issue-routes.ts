import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { accountByLogin, findIssue } from '../lookups.ts';
import { changeIssue, type IssueChange } from '../operations/change-issue.ts';
import { createIssue, lockIssue } from '../operations/issues.ts';
import type { Issue, Repository } from '../state/entities.ts';
import { issueView, labelsOf } from '../views/issue-view.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { noContent, type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const Text = z.union([z.string(), z.number()]).transform(String);
const LabelNames = z.array(z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]));
const IssueBody = z.object({
  title: Text,
  body: z.string().nullish(),
  labels: LabelNames.optional(),
  assignees: z.array(z.string()).optional(),
});
const IssuePatch = IssueBody.partial().extend({
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
});
const LockBody = z.object({ lock_reason: z.enum(['off-topic', 'too heated', 'resolved', 'spam']).optional() });

/** Issues of a repository. */
export function addIssueRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/issues', listIssues);
  rest.post('/repos/:owner/:repo/issues', async (c) => {
    const input = await readBody(c, IssueBody);
    const { forge, actor, repo } = scene(c);
    const issue = forge.store.transact(() => createIssue(forge, actor, repo, input));
    const view = issueView(forge, issue);
    return reply(view, 201, { location: view.url });
  });
  rest.get('/repos/:owner/:repo/issues/:number{[0-9]+}', (c) => reply(issueView(c.get('forge'), issueIn(c).issue)));
  rest.patch('/repos/:owner/:repo/issues/:number{[0-9]+}', async (c) => {
    const change: IssueChange = await readBody(c, IssuePatch);
    const { forge, actor, repo, issue } = issueIn(c);
    return reply(
      issueView(
        forge,
        forge.store.transact(() => changeIssue(forge, actor, repo, issue, change)),
      ),
    );
  });
  rest.put('/repos/:owner/:repo/issues/:number{[0-9]+}/lock', async (c) => {
    const reason = (await readBody(c, LockBody)).lock_reason ?? null;
    const { forge, actor, repo, issue } = issueIn(c);
    forge.store.transact(() => lockIssue(forge, actor, repo, issue, { locked: true, reason }));
    return noContent();
  });
  rest.delete('/repos/:owner/:repo/issues/:number{[0-9]+}/lock', (c) => {
    const { forge, actor, repo, issue } = issueIn(c);
    forge.store.transact(() => lockIssue(forge, actor, repo, issue, { locked: false, reason: null }));
    return noContent();
  });
}

/** The issue named in the path, if the actor may read it. */
export function issueIn(c: RestContext) {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('issues'));
  return { forge, actor, repo, issue: findIssue(forge, repo, Number(c.req.param('number'))) };
}

function listIssues(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('issues'));
  const fits = issueFilter(c);
  const found = forge.store.group('issue', repo.id).filter((issue) => isShown(repo, issue) && fits(issue));
  const { page, headers } = paginate(c, sortIssues(c, found));
  return reply(
    page.map((issue) => issueView(forge, issue)),
    200,
    headers,
  );
}

/** With issues switched off GitHub lists pull requests only. */
function isShown(repo: Repository, issue: Issue): boolean {
  return repo.hasIssues !== false || issue.pull !== null;
}

function issueFilter(c: RestContext): (issue: Issue) => boolean {
  const forge = c.get('forge');
  const state = c.req.query('state') ?? 'open';
  const since = sinceMs(c);
  const labels = (c.req.query('labels') ?? '').split(',').filter((name) => name !== '');
  const creator = c.req.query('creator');
  const creatorId = creator === undefined ? undefined : (accountByLogin(forge, creator)?.id ?? 0);
  return (issue) => {
    if (state !== 'all' && issue.state !== state) return false;
    if (Date.parse(issue.updatedAt) < since) return false;
    if (creatorId !== undefined && issue.userId !== creatorId) return false;
    const names = labels.length === 0 ? [] : labelsOf(forge, issue).map((label) => label.name.toLowerCase());
    return labels.every((label) => names.includes(label.trim().toLowerCase()));
  };
}

/** `since` in milliseconds; without one everything is later. */
export function sinceMs(c: RestContext): number {
  const ms = Date.parse(c.req.query('since') ?? '');
  return Number.isNaN(ms) ? Number.NEGATIVE_INFINITY : ms;
}

function sortIssues(c: RestContext, issues: Issue[]): Issue[] {
  const size = (issue: Issue) => c.get('forge').store.groupSize('comment', `${issue.repoId}#${issue.number}`);
  const rank: Record<string, (issue: Issue) => number> = {
    created: (issue) => Date.parse(issue.createdAt),
    updated: (issue) => Date.parse(issue.updatedAt),
    comments: size,
  };
  const by = rank[c.req.query('sort') ?? 'created'] ?? rank.created ?? size;
  const sign = c.req.query('direction') === 'asc' ? 1 : -1;
  return issues.toSorted((a, b) => sign * (by(a) - by(b) || a.number - b.number));
}
