import { html } from 'hono/html';
import type { CheckRun } from '../../state/entities.ts';
import type { Html } from '../html.ts';
import { knownReferences } from '../known-references.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Scene } from '../page-app.ts';
import { lineAnchor } from './changed-files.ts';

/** The newest run of each check on a commit, as GitHub shows them. */
export function checksOf(scene: Scene, sha: string): CheckRun[] {
  const runs = scene.forge.store.group('checkRun', `${scene.repo.id}:${sha}`);
  return [...new Map(runs.map((run) => [`${run.appId}/${run.name}`, run])).values()];
}

/** True for the conclusions GitHub counts as passed. */
export function hasPassed(run: CheckRun): boolean {
  return run.conclusion === 'success' || run.conclusion === 'neutral' || run.conclusion === 'skipped';
}

/** What each check says, its annotations as links to their lines below. */
export function checkList(scene: Scene, runs: CheckRun[]): Html {
  if (runs.length === 0) return html`<p class="quiet" id="checks">No checks yet.</p>`;
  return html`<div id="checks">${runs.map((run) => checkBox(scene, run))}</div>`;
}

function checkBox(scene: Scene, run: CheckRun): Html {
  const done = run.status === 'completed';
  const look = !done ? 'waiting' : hasPassed(run) ? 'good' : 'bad';
  const word = done ? (run.conclusion ?? 'completed') : run.status;
  const references = knownReferences(scene);
  const text = (markdown: string | null) =>
    markdown ? html`<div class="md">${renderMarkdown(markdown, { in: 'conversation', references })}</div>` : '';
  return html`<section class="box check ${look}" data-conclusion="${word}">
<header><span class="mark" aria-hidden="true">${look === 'good' ? '✓' : look === 'bad' ? '✗' : '…'}</span>
<b>${run.name}</b> <span class="verdict">${word.replaceAll('_', ' ')}</span>${run.title ? html` <span>${run.title}</span>` : ''}</header>
${text(run.summary)}
${
  run.annotations.length > 0
    ? html`<ul class="findings">${run.annotations.map(
        (one) =>
          html`<li class="${one.annotation_level}"><a href="#${lineAnchor(one.path, one.start_line)}">${one.path}:${one.start_line}</a> ${one.message}</li>`,
      )}</ul>`
    : ''
}
${run.text ? html`<details><summary>Details</summary>${text(run.text)}</details>` : ''}
</section>`;
}
