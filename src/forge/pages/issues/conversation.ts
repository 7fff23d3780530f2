import { html } from 'hono/html';
import { may, WRITE } from '../../access.ts';
import type { Issue } from '../../state/entities.ts';
import type { Html } from '../html.ts';
import { personSelect } from '../layout.ts';
import type { Scene } from '../page-app.ts';
import { showPost } from './post.ts';
import { issueVersion } from './version.ts';

/** Where an issue or pull request has its page. */
export function pathOf(scene: Scene, issue: Issue): string {
  return `${scene.home}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;
}

/** The description, the comments and what a reader can add. */
export function conversation(scene: Scene, issue: Issue, between: Html = html``): Html {
  const comments = scene.forge.store.group('comment', `${scene.repo.id}#${issue.number}`);
  const pushes = may(scene.forge, scene.actor, scene.repo, WRITE('issues', 'write'));
  const mayEdit = (userId: number) => pushes || scene.person.id === userId;
  const first = showPost(scene, {
    id: `issue-${issue.id}`,
    userId: issue.userId,
    verb: 'opened',
    createdAt: issue.createdAt,
    body: issue.body,
    edited: false,
    ...(mayEdit(issue.userId) ? { editPath: `${pathOf(scene, issue)}/edit` } : {}),
  });
  const posts = comments.map((comment) =>
    showPost(scene, {
      id: `issuecomment-${comment.id}`,
      userId: comment.userId,
      verb: 'commented',
      createdAt: comment.createdAt,
      body: comment.body,
      edited: comment.updatedAt !== comment.createdAt,
      ...(mayEdit(comment.userId) ? { editPath: `${scene.home}/comments/${comment.id}/edit` } : {}),
    }),
  );
  return html`${first}${between}${posts}
${freshLink(scene, issue)}
${issue.locked ? html`<p class="notice">This conversation is locked: only people who may write can comment.</p>` : ''}
${commentForm(scene, issue)}`;
}

/** Shown by a script when the issue has changed; reloading by itself would lose what is being typed. */
function freshLink(scene: Scene, issue: Issue): Html {
  const path = pathOf(scene, issue);
  return html`<p class="fresh" role="status" hidden data-poll="${scene.home}/issues/${issue.number}/version" data-version="${issueVersion(
    scene.forge,
    issue,
  )}"><a href="${path}">New activity: reload</a></p>`;
}

function commentForm(scene: Scene, issue: Issue): Html {
  const noun = issue.pull ? 'pull request' : 'issue';
  const merged = issue.pull?.mergedAt;
  const turn =
    issue.state === 'open'
      ? html`<button name="action" value="close">Close ${noun}</button>`
      : html`<button name="action" value="reopen">Reopen ${noun}</button>`;
  return html`<form class="comment" id="comment" method="post" action="${scene.home}/issues/${issue.number}/comments">
<input type="hidden" name="token" value="${scene.token}">
<label for="body">Add a comment</label>
<textarea id="body" name="body" rows="5" placeholder="Markdown, or a command such as /help"></textarea>
<div class="row">
<label>Comment as ${personSelect(scene)}</label>
<span class="buttons">${merged ? '' : turn}<button class="primary" name="action" value="comment">Comment</button></span>
</div>
</form>`;
}
