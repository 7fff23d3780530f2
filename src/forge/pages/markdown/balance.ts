import type { Token } from 'markdown-it';

/** What a tag plugin emits: `<name>_open` and `<name>_close` with nesting 0, until they are found to be a pair. */
export interface LooseTags {
  names: string[];
  /** What an end tag without its start becomes: visible text. */
  asText(token: Token): Token[];
  /** A new end tag for a start that was never ended. */
  close(name: string): Token;
}

type Open = { name: string; loose: boolean };

/**
 * Pairs loose tags of a flat token list. A start and an end belong together only when nothing else opened between
 * them is still open, so an end inside a list item or a quotation cannot close what was opened outside of it.
 */
export function balance(tokens: Token[], tags: LooseTags): Token[] {
  const out: Token[] = [];
  const stack: Open[] = [];
  const closeLoose = () => {
    while (stack.at(-1)?.loose) out.push(tags.close(stack.pop()?.name ?? ''));
  };
  for (const token of tokens) {
    const opened = tags.names.find((name) => token.type === `${name}_open`);
    const closed = tags.names.find((name) => token.type === `${name}_close`);
    if (opened !== undefined) {
      stack.push({ name: opened, loose: true });
      out.push(token);
    } else if (closed !== undefined) {
      const top = stack.at(-1);
      if (top?.loose && top.name === closed) {
        stack.pop();
        out.push(token);
      } else out.push(...tags.asText(token));
    } else {
      if (token.nesting === 1) stack.push({ name: token.type, loose: false });
      if (token.nesting === -1) {
        closeLoose();
        stack.pop();
      }
      out.push(token);
    }
  }
  closeLoose();
  return out;
}
