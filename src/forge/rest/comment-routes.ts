import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { findComment } from '../lookups.ts';
import { createComment, deleteComment, editComment } from '../operations/comments.ts';
import type { Comment } from '../state/entities.ts';
import { commentView } from '../views/comment-view.ts';
import { issueIn, sinceMs } from './issue-routes.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { noContent, type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const CommentBody = z.object({ body: z.string() });

/** Comments on issues and pull requests. */
export function addCommentRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/issues/:number{[0-9]+}/comments', (c) => {
    const { forge, repo, issue } = issueIn(c);
    return listOf(c, forge.store.group('comment', `${repo.id}#${issue.number}`));
  });
  rest.post('/repos/:owner/:repo/issues/:number{[0-9]+}/comments', async (c) => {
    const { body } = await readBody(c, CommentBody);
    const { forge, actor, repo, issue } = issueIn(c);
    const comment = forge.store.transact(() => createComment(forge, actor, repo, issue, body));
    const view = commentView(forge, comment);
    return reply(view, 201, { location: view.url });
  });
  rest.get('/repos/:owner/:repo/issues/comments', listRepositoryComments);
  rest.get('/repos/:owner/:repo/issues/comments/:id{[0-9]+}', (c) => {
    const { forge, comment } = commentIn(c);
    return reply(commentView(forge, comment));
  });
  rest.patch('/repos/:owner/:repo/issues/comments/:id{[0-9]+}', async (c) => {
    const { body } = await readBody(c, CommentBody);
    const { forge, actor, repo, comment } = commentIn(c);
    return reply(
      commentView(
        forge,
        forge.store.transact(() => editComment(forge, actor, repo, comment, body)),
      ),
    );
  });
  rest.delete('/repos/:owner/:repo/issues/comments/:id{[0-9]+}', (c) => {
    const { forge, actor, repo, comment } = commentIn(c);
    forge.store.transact(() => deleteComment(forge, actor, repo, comment));
    return noContent();
  });
}

function commentIn(c: RestContext) {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('issues'));
  return { forge, actor, repo, comment: findComment(forge, repo, Number(c.req.param('id'))) };
}

function listRepositoryComments(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('issues'));
  const comments = forge.store.all('comment').filter((comment) => comment.repoId === repo.id);
  const sort = c.req.query('sort');
  if (sort === undefined) return listOf(c, comments);
  const at = (comment: Comment) => Date.parse(sort === 'updated' ? comment.updatedAt : comment.createdAt);
  // Without `sort` GitHub ignores `direction`; with it the newest come first unless asked otherwise.
  const sign = c.req.query('direction') === 'asc' ? 1 : -1;
  return listOf(
    c,
    comments.toSorted((a, b) => sign * (at(a) - at(b) || a.id - b.id)),
  );
}

function listOf(c: RestContext, comments: Comment[]): Response {
  const since = sinceMs(c);
  const { page, headers } = paginate(
    c,
    comments.filter((comment) => Date.parse(comment.updatedAt) >= since),
  );
  return reply(
    page.map((comment) => commentView(c.get('forge'), comment)),
    200,
    headers,
  );
}
