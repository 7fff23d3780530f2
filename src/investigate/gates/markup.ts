/**
 * Links, images, HTML and markdown that would make something of a sentence. The renderer makes all of it inert; a
 * sentence that holds it is nevertheless no plain sentence, and is taken out before.
 */
const signs: RegExp[] = [
  // [text](target), ![image](…), [text][reference], [reference]: target
  /!\[|\]\(|\]\[|^\s*\[[^\]]*\]:/,
  // Tags, comments, declarations, autolinks.
  /<[a-z!/?]/i,
  // Character references: what they stand for is not seen by the other gates.
  /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});/i,
  // Anything a browser or GitHub would follow that is not a plain web address.
  /\b(?:(?:javascript|vbscript|mailto|tel|xmpp|blob|about):\S|data:[a-z]+[/;,])/i,
  /\b(?!(?:https?|hxxps?|ftp):)[a-z][a-z0-9+.-]*:\/\//i,
  // Blocks: headings, quotes, lists, task boxes, tables, rules, fences.
  /^\s*(?:#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|\[[ x]\]|\||~~~|```|[-=_*]{3,}\s*$)/i,
  // Mathematics, which GitHub hands to another renderer.
  /\$[^$]*\\[a-z]+[^$]*\$|\$\uFFFC|\uFFFC\$/i,
];

/** Whether a sentence, as written or with full-width signs read as half-width, holds a link or markup. */
export function hasMarkup(text: string): boolean {
  return [text, text.normalize('NFKC')].some((form) => signs.some((sign) => sign.test(form)));
}
