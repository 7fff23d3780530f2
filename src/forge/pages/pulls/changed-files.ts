import { html } from 'hono/html';
import { diffTrees, type FileDiff } from '../../git/diff-trees.ts';
import type { Annotation, Commit } from '../../state/entities.ts';
import { readFile } from '../files/read-file.ts';
import type { Html } from '../html.ts';
import type { Scene } from '../page-app.ts';
import { type DiffRow, diffRows, withAnnotatedLines } from './diff-rows.ts';

/** Rows of one file that are shown; the rest is in the file itself. */
const SHOWN_ROWS = 1_000;

export interface Changes {
  scene: Scene;
  /** The tree before, or null for none. */
  before: string | null;
  head: Commit;
  annotations: Annotation[];
  /** The branch on which files can be edited, if any. */
  branch?: string;
}

/** The anchor of a line of a changed file. */
export function lineAnchor(path: string, line: number): string {
  return `${encodeURIComponent(path)}-L${line}`;
}

/** Each changed file as a diff, each annotation below its line; annotated files that did not change come last. */
export function changedFiles(changes: Changes): Html {
  const { scene, before, head, annotations } = changes;
  const files = diffTrees(scene.forge, scene.repo, before, head.tree);
  const paths = new Set(files.map((file) => file.path));
  const others = [...new Set(annotations.map((one) => one.path))].filter((path) => !paths.has(path));
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const removed = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<h2 id="files">${files.length} file${files.length === 1 ? '' : 's'} changed <span class="quiet"><span class="plus">+${added}</span> <span class="minus">−${removed}</span></span></h2>
${files.map((file) => fileBox(changes, file.path, file))}
${others.map((path) => fileBox(changes, path, null))}`;
}

function fileBox(changes: Changes, path: string, file: FileDiff | null): Html {
  const { scene, head, branch } = changes;
  const annotations = changes.annotations.filter((one) => one.path === path);
  const bytes = annotations.length > 0 ? readFile(scene, head, path) : null;
  const rows = withAnnotatedLines(diffRows(file?.patch ?? ''), annotations, (bytes?.toString() ?? '').split('\n'));
  const to = (kind: string) =>
    `${scene.home}/${kind}/${[...(branch ?? head.sha).split('/'), ...path.split('/')].map(encodeURIComponent).join('/')}`;
  const links =
    file?.status === 'removed'
      ? ''
      : html`<span class="edit"><a href="${to('blob')}">View</a>${branch === undefined ? '' : html` <a href="${to('edit')}">Edit</a>`}</span>`;
  return html`<section class="box file">
<header><b>${path}</b> <span class="quiet">${file?.status ?? 'not changed here'}</span>${links}</header>
${file?.binary ? html`<p class="quiet">Not text.</p>` : ''}
<table class="code diff">${rows.slice(0, SHOWN_ROWS).map((row) => lineRow(path, row, annotations))}</table>
${rows.length > SHOWN_ROWS ? html`<p class="quiet">${rows.length - SHOWN_ROWS} more lines are not shown.</p>` : ''}
</section>`;
}

function lineRow(path: string, row: DiffRow, all: Annotation[]): Html {
  if (row.kind === 'hunk') return html`<tr class="hunk"><th></th><td>${row.text}</td></tr>`;
  const annotations = row.now === null ? [] : all.filter((one) => one.start_line === row.now);
  const sign = row.kind === 'added' ? '+' : row.kind === 'removed' ? '−' : ' ';
  const level = annotations.some((one) => one.annotation_level === 'failure')
    ? ' failed'
    : annotations.length > 0
      ? ' noted'
      : '';
  const id = row.now === null ? '' : html` id="${lineAnchor(path, row.now)}"`;
  return html`<tr class="${row.kind}${level}"${id}><th>${row.now ?? row.old ?? ''}</th><td><span class="sign">${sign}</span>${row.text}</td></tr>
${annotations.map((one) => annotationRow(one))}`;
}

function annotationRow(one: Annotation): Html {
  const level = one.annotation_level;
  return html`<tr class="annotation ${level}"><td colspan="2"><b class="where">${level} · ${one.path}:${one.start_line}</b>
${one.title ? html`<p><b>${one.title}</b></p>` : ''}<p>${one.message}</p></td></tr>`;
}
