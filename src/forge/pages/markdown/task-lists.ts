import type { MarkdownIt } from 'markdown-it';

const BOX = /^\[([ xX])\] /;

/** `- [ ]` and `- [x]` as boxes that cannot be ticked here. */
export function taskLists(md: MarkdownIt): void {
  md.core.ruler.after('inline', 'task_lists', (state) => {
    state.tokens.forEach((token, index) => {
      const item = state.tokens[index - 2];
      if (token.type !== 'inline' || item?.type !== 'list_item_open') return;
      const first = token.children?.[0];
      const mark = first?.type === 'text' ? BOX.exec(first.content) : null;
      if (!first || !mark) return;
      item.attrJoin('class', 'task');
      first.content = first.content.slice(mark[0].length);
      const box = new state.Token('task_box', 'input', 0);
      box.info = mark[1] === ' ' ? 'open' : 'done';
      token.children?.unshift(box);
    });
  });
  md.renderer.rules.task_box = (tokens, index) =>
    `<input type="checkbox" disabled${tokens[index]?.info === 'done' ? ' checked' : ''}> `;
}
