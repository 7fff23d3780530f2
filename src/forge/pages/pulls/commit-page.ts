import { html } from 'hono/html';
import { gitObject } from '../../git/trees.ts';
import { notFound } from '../../refusal.ts';
import { readableScene } from '../files/place.ts';
import { showPage } from '../layout.ts';
import { moment } from '../moment.ts';
import type { PageContext } from '../page-app.ts';
import { changedFiles } from './changed-files.ts';
import { checkList, checksOf } from './checks.ts';

/** `/:owner/:repo/commit/:sha`: what it changed against its first parent. */
export async function commitPage(c: PageContext): Promise<Response> {
  const scene = readableScene(c);
  const commit = gitObject(scene.forge, scene.repo, 'commit', c.req.param('sha') ?? '');
  const [parent] = commit.parents;
  const before = parent === undefined ? null : gitObject(scene.forge, scene.repo, 'commit', parent).tree;
  const runs = checksOf(scene, commit.sha);
  const [title, ...rest] = commit.message.split('\n');
  const annotations = runs.flatMap((run) => run.annotations);
  const body = html`<h1>${title}</h1>
${rest.join('\n').trim() === '' ? '' : html`<pre class="message">${rest.join('\n').trim()}</pre>`}
<p class="quiet"><b>${commit.author.name}</b> committed ${moment(commit.author.date)} · <code>${commit.sha}</code> · <a href="${scene.home}/tree/${commit.sha}">Files at this commit</a></p>
${runs.length > 0 ? checkList(scene, runs) : ''}
${changedFiles({ scene, before, head: commit, annotations })}`;
  return showPage(c, { title: `${title}`, body, scene, tab: 'files' });
}

/** `/:owner/:repo/runs/:id`: a check run has no page of its own; it is shown on its pull request or commit. */
export function runPage(c: PageContext): Response {
  const scene = readableScene(c);
  const run = scene.forge.store.get('checkRun', c.req.param('id') ?? '');
  if (run?.repoId !== scene.repo.id) throw notFound();
  const pull = scene.forge.store.group('issue', scene.repo.id).find((issue) => issue.pull?.headSha === run.headSha);
  return c.redirect(pull ? `${scene.home}/pull/${pull.number}#checks` : `${scene.home}/commit/${run.headSha}#checks`);
}
