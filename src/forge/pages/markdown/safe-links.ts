import type { MarkdownIt } from 'markdown-it';

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** True for `http(s)` addresses and for paths without a scheme; everything else stays text. */
function isSafeLink(url: string): boolean {
  const plain = url.trim();
  return SCHEME.test(plain) ? /^https?:\/\//i.test(plain) : !/^[\\/]{2}/.test(plain);
}

/** Links go out without a referrer or a handle on this page; images never load, they become links. */
export function safeLinks(md: MarkdownIt): void {
  md.validateLink = isSafeLink;
  md.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
    tokens[index]?.attrSet('rel', 'nofollow noopener noreferrer');
    return renderer.renderToken(tokens, index, options);
  };
  md.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    const src = md.utils.escapeHtml(String(token?.attrGet('src') ?? ''));
    const alt = md.utils.escapeHtml(token?.content || 'image');
    return `<a class="image" rel="nofollow noopener noreferrer" href="${src}">${alt} (image, not loaded)</a>`;
  };
}
