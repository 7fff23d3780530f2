import { html } from 'hono/html';
import { entryAt } from '../../git/trees.ts';
import { Refusal } from '../../refusal.ts';
import type { Html } from '../html.ts';
import { personSelect, showPage } from '../layout.ts';
import type { PageContext } from '../page-app.ts';
import { bytesAt, textOf } from './blob-page.ts';
import { crumbs } from './crumbs.ts';
import { type Place, placeOf, placePath } from './place.ts';

/** `/:owner/:repo/edit/:branch/*path` */
export async function editPage(c: PageContext): Promise<Response> {
  const place = placeOf(c);
  const text = textOf(bytesAt(place));
  if (text === null) throw new Refusal(422, 'This file is not text and cannot be edited here.');
  const { scene, commit, path } = place;
  const sha = entryAt(scene.forge, scene.repo, commit.tree, path)?.sha ?? '';
  const body = html`${crumbs(place)}
<form class="comment" method="post" action="${placePath(place, 'edit')}">
<input type="hidden" name="sha" value="${sha}">
<label>Text <textarea class="code" name="content" rows="24" spellcheck="false">${`\n${text}`}</textarea></label>
${proposal(place, `Update ${path}`)}
</form>`;
  return showPage(c, { title: `Edit ${path}`, body, scene, tab: 'files' });
}

/** `/:owner/:repo/new/:branch/*folder` */
export async function newFilePage(c: PageContext): Promise<Response> {
  const place = placeOf(c);
  const folder = place.path === '' ? '' : `${place.path}/`;
  const body = html`<h1>New file</h1>
<form class="comment" method="post" action="${placePath(place, 'new')}">
<label>Path <input name="path" value="${folder}" required></label>
<label>Text <textarea class="code" name="content" rows="20" spellcheck="false"></textarea></label>
${proposal(place, '')}
</form>`;
  return showPage(c, { title: 'New file', body, scene: place.scene, tab: 'files' });
}

function proposal(place: Place, message: string): Html {
  const { scene, branch } = place;
  const asPull = branch === scene.repo.defaultBranch;
  return html`<input type="hidden" name="token" value="${scene.token}">
<label>What changes, in one line <input name="message" value="${message}" required maxlength="200"></label>
${asPull ? html`<label>Why <textarea name="body" rows="3"></textarea></label>` : ''}
<div class="row">
<label>Act as ${personSelect(scene)}</label>
<span class="buttons"><a class="button" href="${placePath(place, place.path === '' ? 'tree' : 'blob')}">Cancel</a>
<button class="primary">${asPull ? 'Propose as pull request' : `Commit to ${branch}`}</button></span>
</div>`;
}
