import type { MarkdownIt, StateCore, Token } from 'markdown-it';

/** Who and what a text may refer to; each answers with the page's address, or null for plain text. */
export interface References {
  /** `hana`, or `acme/soc-responders` for a team. */
  mention(name: string): string | null;
  /** `repo` is `owner/name`, or null for the text's own repository. */
  issue(repo: string | null, number: number): string | null;
}

const REFERENCE =
  /(?<![\w/@`])@([a-z\d](?:[a-z\d-]{0,38})(?:\/[a-z\d][\w-]{0,99})?)(?![\w/])|(?<![\w/&#])((?:[\w.-]{1,39}\/[\w.-]{1,100})?)#(\d{1,9})(?![\w])/gi;

/** `@hana` and `#12` become links where they exist, but never inside links or code. */
export function references(md: MarkdownIt): void {
  md.core.ruler.push('references', (state) => {
    const known = state.env.known as References | undefined;
    if (!known) return;
    for (const token of state.tokens) {
      if (token.children) token.children = linked(state, token.children, known);
    }
  });
}

function linked(state: StateCore, tokens: Token[], known: References): Token[] {
  let depth = 0;
  return tokens.flatMap((token) => {
    if (token.type === 'link_open') depth++;
    if (token.type === 'link_close') depth--;
    return token.type === 'text' && depth === 0 ? split(state, token, known) : [token];
  });
}

function split(state: StateCore, token: Token, known: References): Token[] {
  const out: Token[] = [];
  let at = 0;
  const text = (end: number) => {
    if (end > at) out.push(textToken(state, token.content.slice(at, end)));
  };
  for (const match of token.content.matchAll(REFERENCE)) {
    const [whole, name, repo, number] = match;
    const href = name === undefined ? known.issue(repo || null, Number(number)) : known.mention(name);
    if (href === null) continue;
    text(match.index);
    at = match.index + whole.length;
    const open = new state.Token('link_open', 'a', 1);
    open.attrs = [
      ['href', href],
      ['class', name === undefined ? 'issue-ref' : 'mention'],
    ];
    out.push(open, textToken(state, whole), new state.Token('link_close', 'a', -1));
  }
  if (out.length === 0) return [token];
  text(token.content.length);
  return out;
}

function textToken(state: StateCore, content: string): Token {
  const token = new state.Token('text', '', 0);
  token.content = content;
  return token;
}
