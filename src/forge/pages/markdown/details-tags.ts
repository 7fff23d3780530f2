import type { MarkdownIt, StateBlock, StateCore, Token } from 'markdown-it';
import { balance } from './balance.ts';
import { type TagPiece, tagPieces } from './tag-pieces.ts';

/**
 * `<details>`, `<summary>…</summary>` and `</details>` without attributes, which GitHub shows and Yagura writes. They
 * are parsed here because raw HTML is off; ends without a start become visible text, starts without an end are ended.
 */
export function detailsTags(md: MarkdownIt): void {
  md.block.ruler.before('html_block', 'details_tags', blockRule, { alt: ['paragraph', 'reference', 'blockquote'] });
  md.core.ruler.after('block', 'details_balance', (state) => {
    state.tokens = balance(state.tokens, {
      names: ['details'],
      asText: () => paragraph(state, '</details>'),
      close: () => new state.Token('details_close', 'details', 0),
    });
  });
  md.renderer.rules.details_open = () => '<details>\n';
  md.renderer.rules.details_close = () => '</details>\n';
  md.renderer.rules.summary = (tokens, index) => {
    return `<summary>${md.utils.escapeHtml(decode(tokens[index]?.content ?? ''))}</summary>\n`;
  };
}

function blockRule(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  if ((state.sCount[line] ?? 0) - state.blkIndent >= 4) return false;
  const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const pieces = tagPieces(text);
  if (!pieces) return false;
  if (silent) return true;
  state.line = line + 1;
  for (const piece of pieces) pushPiece(state, piece, line);
  return true;
}

function pushPiece(state: StateBlock, piece: TagPiece, line: number): void {
  if (piece.kind === 'open') state.push('details_open', 'details', 0);
  else if (piece.kind === 'close') state.push('details_close', 'details', 0);
  else if (piece.kind === 'summary') state.push('summary', 'summary', 0).content = piece.text;
  else {
    state.push('paragraph_open', 'p', 1);
    const inline = state.push('inline', '', 0);
    inline.content = piece.text;
    inline.map = [line, line + 1];
    inline.children = [];
    state.push('paragraph_close', 'p', -1);
  }
}

function paragraph(state: StateCore, text: string): Token[] {
  const inline = new state.Token('inline', '', 0);
  inline.content = text;
  inline.children = [];
  return [new state.Token('paragraph_open', 'p', 1), inline, new state.Token('paragraph_close', 'p', -1)];
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** GitHub reads a summary as HTML, not as markdown: only entities mean something there. */
function decode(text: string): string {
  return text.replace(/&(?:(amp|lt|gt|quot)|#(\d{1,7}));/g, (whole, name?: string, code?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
