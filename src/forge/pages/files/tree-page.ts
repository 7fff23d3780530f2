import { html } from 'hono/html';
import { entryAt, gitObject } from '../../git/trees.ts';
import { notFound } from '../../refusal.ts';
import type { TreeEntry } from '../../state/entities.ts';
import type { Html } from '../html.ts';
import { showPage } from '../layout.ts';
import type { PageContext } from '../page-app.ts';
import { crumbs } from './crumbs.ts';
import { showMarkdownFile } from './markdown-file.ts';
import { type Place, placeOf, placePath, readableScene, rootOf } from './place.ts';

/** `/:owner/:repo`: the root of the default branch. */
export async function homePage(c: PageContext): Promise<Response> {
  const scene = readableScene(c);
  const root = rootOf(scene);
  if (root) return treePage(c, root);
  const body = html`<h1>${scene.name}</h1><p class="empty">This repository is empty.</p>`;
  return showPage(c, { title: scene.name, body, scene, tab: 'files' });
}

/** `/:owner/:repo/tree/:branch/*path` */
export async function treePage(c: PageContext, place: Place = placeOf(c)): Promise<Response> {
  const { scene, commit, path } = place;
  const tree = entryAt(scene.forge, scene.repo, commit.tree, path);
  if (!tree) throw notFound();
  if (tree.type !== 'tree') return c.redirect(placePath(place, 'blob'));
  const { entries } = gitObject(scene.forge, scene.repo, 'tree', tree.sha);
  const folders = entries.filter((entry) => entry.type === 'tree');
  const files = entries.filter((entry) => entry.type !== 'tree');
  const body = html`<div class="row">${crumbs(place)}<a class="button" href="${placePath(place, 'new')}">New file</a></div>
${branches(place)}
<p class="quiet"><a href="${scene.home}/commit/${commit.sha}"><code>${commit.sha.slice(0, 7)}</code></a> ${commit.message.split('\n')[0]}</p>
<ul class="list">${[...folders, ...files].map((entry) => row(place, entry))}</ul>
${readme(place, files)}`;
  return showPage(c, { title: `${path || scene.name} · ${place.branch}`, body, scene, tab: 'files' });
}

function row(place: Place, entry: TreeEntry): Html {
  const path = place.path === '' ? entry.path : `${place.path}/${entry.path}`;
  const folder = entry.type === 'tree';
  return html`<li><a class="entry" href="${placePath(place, folder ? 'tree' : 'blob', path)}">${entry.path}${folder ? '/' : ''}</a></li>`;
}

function branches(place: Place): Html | string {
  const { scene } = place;
  const names = scene.forge.store
    .group('ref', scene.repo.id)
    .filter((ref) => ref.name.startsWith('refs/heads/'))
    .map((ref) => ref.name.slice('refs/heads/'.length));
  if (names.length < 2) return '';
  const links = names.map(
    (branch) => html`<li><a class="entry" href="${placePath({ ...place, branch }, 'tree', '')}">${branch}</a></li>`,
  );
  return html`<details class="branches"><summary>${names.length} branches</summary><ul class="list">${links}</ul></details>`;
}

function readme(place: Place, files: TreeEntry[]): Html | string {
  const entry = files.find((file) => /^readme\.md$/i.test(file.path));
  if (!entry) return '';
  const blob = gitObject(place.scene.forge, place.scene.repo, 'blob', entry.sha);
  return html`<section class="box"><header><b>${entry.path}</b></header>${showMarkdownFile(place.scene, Buffer.from(blob.content, 'base64').toString())}</section>`;
}
