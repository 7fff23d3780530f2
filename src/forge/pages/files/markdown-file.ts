import { html } from 'hono/html';
import type { Html } from '../html.ts';
import { knownReferences } from '../known-references.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Scene } from '../page-app.ts';

const FRONT_MATTER = /^---[^\n]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/;

/** A markdown file as a page, its front matter as it stands. */
export function showMarkdownFile(scene: Scene, text: string): Html {
  const front = FRONT_MATTER.exec(text);
  const rest = front ? text.slice(front[0].length) : text;
  return html`<div class="md">${front ? html`<pre><code>${front[1]}</code></pre>` : ''}${renderMarkdown(rest, {
    in: 'file',
    references: knownReferences(scene),
  })}</div>`;
}
