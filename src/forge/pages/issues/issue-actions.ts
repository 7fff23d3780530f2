import { html } from 'hono/html';
import { findIssue } from '../../lookups.ts';
import { changeIssue } from '../../operations/change-issue.ts';
import { createComment } from '../../operations/comments.ts';
import { Refusal } from '../../refusal.ts';
import type { Issue } from '../../state/entities.ts';
import { labelsOf } from '../../views/issue-view.ts';
import { showPage } from '../layout.ts';
import type { PageContext, Scene } from '../page-app.ts';
import { pathOf } from './conversation.ts';
import { issueOf } from './issue-page.ts';
import { issueVersion } from './version.ts';

/** Comments, closes or reopens: what was typed is posted with each of them, as GitHub does. */
export function postComment(c: PageContext): Response {
  const { scene, issue } = issueOf(c);
  const body = c.get('form').text('body');
  const action = c.get('form').text('action') || 'comment';
  const { forge, actor, repo } = scene;
  const commentId = forge.store.transact(() => {
    const typed = body.trim() !== '';
    const comment = typed || action === 'comment' ? createComment(forge, actor, repo, issue, body) : undefined;
    const state = action === 'close' ? 'closed' : action === 'reopen' ? 'open' : undefined;
    if (state) changeIssue(forge, actor, repo, findIssue(forge, repo, issue.number), { state });
    return comment?.id;
  });
  return seeOther(c, scene, issue, commentId === undefined ? '' : `#issuecomment-${commentId}`);
}

/** Puts a label on or takes it off. */
export function toggleLabel(c: PageContext): Response {
  const { scene, issue } = issueOf(c);
  const label = c.get('form').text('toggle');
  const names = labelsOf(scene.forge, issue).map((one) => one.name);
  const labels = names.includes(label) ? names.filter((name) => name !== label) : [...names, label];
  return change(c, scene, issue, { labels });
}

/** Assigns the visitor or takes them off. */
export function toggleAssignee(c: PageContext): Response {
  const { scene, issue } = issueOf(c);
  const me = scene.person.login;
  const others = issue.assigneeIds
    .map((id) => scene.forge.store.get('account', id)?.login ?? '')
    .filter((one) => one !== me);
  return change(c, scene, issue, { assignees: c.get('form').text('assign') === 'on' ? [...others, me] : others });
}

/** The form to edit title and description. */
export async function editIssuePage(c: PageContext): Promise<Response> {
  const { scene, issue } = issueOf(c);
  const body = html`<h1>Edit #${issue.number}</h1>
<form class="comment" method="post" action="${scene.home}/issues/${issue.number}/edit">
<input type="hidden" name="token" value="${scene.token}">
<input type="hidden" name="seen" value="${issueVersion(scene.forge, issue)}">
<label>Title <input name="title" value="${issue.title}" required></label>
<label>Description <textarea name="body" rows="20">${`\n${issue.body ?? ''}`}</textarea></label>
<div class="row"><a href="${pathOf(scene, issue)}">Cancel</a><button class="primary">Save</button></div>
</form>`;
  return showPage(c, { title: `Edit #${issue.number}`, body, scene, tab: issue.pull ? 'pulls' : 'issues' });
}

/** Saves title and description unless somebody else changed the issue since the form was opened. */
export function editIssue(c: PageContext): Response {
  const { scene, issue } = issueOf(c);
  const form = c.get('form');
  if (form.text('seen') !== issueVersion(scene.forge, issue)) {
    throw new Refusal(
      409,
      'The issue changed while you were typing, so nothing was saved. Open it again and repeat your edit.',
    );
  }
  return change(c, scene, issue, { title: form.text('title'), body: form.text('body') });
}

function change(c: PageContext, scene: Scene, issue: Issue, to: Parameters<typeof changeIssue>[4]): Response {
  scene.forge.store.transact(() => changeIssue(scene.forge, scene.actor, scene.repo, issue, to));
  return seeOther(c, scene, issue);
}

function seeOther(c: PageContext, scene: Scene, issue: Issue, anchor = ''): Response {
  return c.redirect(pathOf(scene, issue) + anchor, 303);
}
