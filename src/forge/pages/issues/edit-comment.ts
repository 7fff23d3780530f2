import { html } from 'hono/html';
import { demand, READ } from '../../access.ts';
import { findComment, findIssue } from '../../lookups.ts';
import { deleteComment, editComment } from '../../operations/comments.ts';
import type { Comment } from '../../state/entities.ts';
import { showPage } from '../layout.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';
import { pathOf } from './conversation.ts';

function commentOf(c: PageContext): { scene: Scene; comment: Comment } {
  const scene = sceneOf(c);
  demand(scene.forge, scene.actor, scene.repo, READ('issues'));
  return { scene, comment: findComment(scene.forge, scene.repo, Number(c.req.param('id'))) };
}

/** `/:owner/:repo/comments/:id/edit` */
export async function editCommentPage(c: PageContext): Promise<Response> {
  const { scene, comment } = commentOf(c);
  const issue = findIssue(scene.forge, scene.repo, comment.number);
  const body = html`<h1>Edit a comment on #${comment.number}</h1>
<form class="comment" method="post" action="${scene.home}/comments/${comment.id}/edit">
<input type="hidden" name="token" value="${scene.token}">
<label>Comment <textarea name="body" rows="12">${`\n${comment.body}`}</textarea></label>
<div class="row"><a class="button" href="${pathOf(scene, issue)}">Cancel</a>
<span class="buttons"><button name="action" value="delete">Delete comment</button>
<button class="primary" name="action" value="save">Save</button></span></div>
</form>`;
  return showPage(c, { title: `Edit a comment on #${comment.number}`, body, scene, tab: 'issues' });
}

/** Saves or deletes a comment, with the rights GitHub asks for. */
export function postEditComment(c: PageContext): Response {
  const { scene, comment } = commentOf(c);
  const { forge, actor, repo } = scene;
  const form = c.get('form');
  const path = pathOf(scene, findIssue(forge, repo, comment.number));
  if (form.text('action') === 'delete') {
    forge.store.transact(() => deleteComment(forge, actor, repo, comment));
    return c.redirect(path, 303);
  }
  forge.store.transact(() => editComment(forge, actor, repo, comment, form.text('body')));
  return c.redirect(`${path}#issuecomment-${comment.id}`, 303);
}
