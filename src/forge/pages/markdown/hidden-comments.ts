import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';

/** HTML comments are not shown, as on GitHub. One that never ends stays visible, so that it can hide nothing. */
export function hiddenComments(md: MarkdownIt): void {
  md.block.ruler.before('html_block', 'hidden_comment', blockRule, { alt: ['paragraph', 'reference', 'blockquote'] });
  md.inline.ruler.before('html_inline', 'hidden_comment', inlineRule);
}

function blockRule(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false;
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  if (!state.src.startsWith('<!--', start)) return false;
  for (let last = line; last < end; last++) {
    const stop = state.eMarks[last] ?? 0;
    const from = last === line ? start + 4 : (state.bMarks[last] ?? 0);
    const found = state.src.slice(from, stop).indexOf('-->');
    if (found < 0) continue;
    // Text after the comment on its last line is not ours to hide: the paragraph rule and the inline rule take it.
    if (state.src.slice(from + found + 3, stop).trim() !== '') return false;
    if (!silent) state.line = last + 1;
    return true;
  }
  return false;
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('<!--', state.pos)) return false;
  const end = state.src.indexOf('-->', state.pos + 4);
  if (end < 0) return false;
  if (!silent) state.push('hidden_comment', '', 0).hidden = true;
  state.pos = end + 3;
  return true;
}
