import type { MarkdownIt, StateInline, Token } from 'markdown-it';
import { balance } from './balance.ts';

const TAG = /^<(?:(\/?)sub|br ?\/?)>/;

/** `<sub>`, `</sub>` and `<br>` without attributes; an unpaired `</sub>` is visible text. */
export function inlineTags(md: MarkdownIt): void {
  md.inline.ruler.before('html_inline', 'inline_tags', inlineRule);
  md.core.ruler.after('inline', 'inline_balance', (state) => {
    const asText = (token: Token) => {
      const text = new state.Token('text', '', 0);
      text.content = token.content;
      return [text];
    };
    const close = () => new state.Token('sub_close', 'sub', 0);
    for (const token of state.tokens) {
      if (token.children) token.children = balance(token.children, { names: ['sub'], asText, close });
    }
  });
  md.renderer.rules.sub_open = () => '<sub>';
  md.renderer.rules.sub_close = () => '</sub>';
  md.renderer.rules.br = () => '<br>';
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  const match = TAG.exec(state.src.slice(state.pos, state.pos + 6));
  if (!match) return false;
  if (!silent) {
    const type = match[1] === undefined ? 'br' : match[1] === '/' ? 'sub_close' : 'sub_open';
    state.push(type, '', 0).content = match[0];
  }
  state.pos += match[0].length;
  return true;
}
