import { html } from 'hono/html';
import { accountById } from '../../lookups.ts';
import { authorAssociation } from '../../views/author-association.ts';
import type { Html } from '../html.ts';
import { knownReferences } from '../known-references.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { moment } from '../moment.ts';
import type { Scene } from '../page-app.ts';

/** A text somebody wrote: an issue's body or a comment. */
export interface Post {
  /** The anchor GitHub gives it. */
  id: string;
  userId: number;
  verb: 'opened' | 'commented';
  createdAt: string;
  body: string | null;
  edited: boolean;
  /** Where it can be edited, for who may. */
  editPath?: string;
}

/** Shows a post with its author. */
export function showPost(scene: Scene, post: Post): Html {
  const author = accountById(scene.forge, post.userId);
  const bot = author.type === 'Bot';
  const part = bot ? 'bot' : authorAssociation(scene.forge, scene.repo, author.id).toLowerCase();
  const text = post.body ?? '';
  const body =
    text.trim() === ''
      ? html`<p class="quiet">No description.</p>`
      : renderMarkdown(text, { in: 'conversation', references: knownReferences(scene) });
  return html`<article class="post${bot ? ' bot' : ''}" id="${post.id}">
<header>
<span class="avatar" aria-hidden="true">${bot ? '櫓' : (author.login[0] ?? '?')}</span>
<b>${author.login}</b>${part === 'none' ? '' : html` <span class="part">${part}</span>`}
<span class="quiet">${post.verb} <a href="#${post.id}">${moment(post.createdAt)}</a>${post.edited ? ' · edited' : ''}</span>
${post.editPath ? html`<a class="edit" href="${post.editPath}">Edit</a>` : ''}
</header>
<div class="md">${body}</div>
</article>`;
}
