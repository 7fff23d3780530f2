import { raw } from 'hono/html';
import createMarkdown, { type Env, type MarkdownIt } from 'markdown-it';
import type { Html } from '../html.ts';
import { detailsTags } from './details-tags.ts';
import { hiddenComments } from './hidden-comments.ts';
import { inlineTags } from './inline-tags.ts';
import { type References, references } from './references.ts';
import { safeLinks } from './safe-links.ts';
import { taskLists } from './task-lists.ts';

/** Issues and comments break at line ends, files do not: both as GitHub does. */
const CONVERSATION = newMarkdown(true);
const FILE = newMarkdown(false);

function newMarkdown(breaks: boolean): MarkdownIt {
  // Bare addresses stay text: alert text is full of hostile ones, and a link invites a click.
  const md = createMarkdown({ html: false, linkify: false, breaks });
  for (const plugin of [hiddenComments, detailsTags, inlineTags, safeLinks, taskLists, references]) md.use(plugin);
  md.renderer.rules.table_open = () => '<div class="table"><table>\n';
  md.renderer.rules.table_close = () => '</table></div>\n';
  for (const rule of ['th_open', 'td_open']) {
    md.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
      // The alignment comes as an inline style, which the policy of the pages forbids.
      const align = /text-align:(\w+)/.exec(String(tokens[index]?.attrGet('style')))?.[1];
      const token = tokens[index];
      if (token && align !== undefined) token.attrs = [['class', align]];
      return renderer.renderToken(tokens, index, options);
    };
  }
  const fence = md.renderer.rules.fence;
  md.renderer.rules.fence = (tokens, index, options, env, renderer) => {
    const token = tokens[index];
    if (token?.info.trim().toLowerCase() === 'mermaid') {
      return `<pre class="mermaid">${md.utils.escapeHtml(token.content)}</pre>\n`;
    }
    return fence ? fence(tokens, index, options, env, renderer) : '';
  };
  return md;
}

/** Untrusted markdown as HTML that can neither run, load, style nor close anything outside itself. */
export function renderMarkdown(text: string, options: { in: 'conversation' | 'file'; references: References }): Html {
  const md = options.in === 'file' ? FILE : CONVERSATION;
  return raw(md.render(text, { known: options.references } as Env));
}
