import MarkdownIt from 'markdown-it';
import { parseCommands } from '../../src/commands/parse.ts';

/** CommonMark with everything GitHub would make of it: raw HTML and bare links. */
const reader = new MarkdownIt({ html: true, linkify: true });
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: true });

/** Tags and comments that are ours. */
const ours = /^(?:<\/?(?:details|summary|sub)>|<!-- yagura:(?:v1 [a-z]+=[\w:.-]+|notes-end) -->|\s)*$/;

/** GitHub's own words for it: https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue */
const closing = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b:?\s*(?:[\w./-]*#\d|gh-\d|https?:)/i;

/**
 * Everything in a markdown text that does something beyond being read: one word for each kind found. References to
 * `issues` are ours.
 */
export function activeIn(markdown: string, issues: number[] = []): string[] {
  const found = parseCommands(markdown).map((c) => `command ${c.text}`);
  for (const token of reader.parse(markdown, {}).flatMap((t) => [t, ...(t.children ?? [])])) {
    if (token.type === 'link_open') found.push(`link ${token.attrGet('href')}`);
    if (token.type === 'image') found.push(`image ${token.attrGet('src')}`);
    if (token.type.startsWith('html_') && !ours.test(withoutSummaries(token.content)))
      found.push(`html ${token.content.slice(0, 80)}`);
    if (token.type === 'text' || token.type.startsWith('html_')) found.push(...activeWords(token.content, issues));
    if (token.type === 'text_special') found.push(...activeWords(token.content, issues));
  }
  if (/(?!\n)[\p{Cc}\p{Cf}]/u.test(markdown)) found.push('invisible');
  return found;
}

/** Where bold was meant and GitHub shows its asterisks. */
export function brokenBoldIn(markdown: string): string[] {
  const tokens = reader.parse(markdown, {}).flatMap((t) => t.children ?? []);
  return tokens.filter((t) => t.type === 'text' && t.content.includes('**')).map((t) => t.content);
}

/** The summary line of a folded section is our text inside one HTML block. */
function withoutSummaries(html: string): string {
  return html.replace(/<summary>[^<>]*<\/summary>/g, '');
}

function activeWords(text: string, issues: number[]): string[] {
  const found: string[] = [];
  if (/(?:^|[^\w])@[a-z0-9]/i.test(text)) found.push(`mention ${text.slice(0, 60)}`);
  if (closing.test(text)) found.push(`closing keyword ${text.slice(0, 60)}`);
  if (/\bwww\.|https?:\/\//i.test(text)) found.push(`bare link ${text.slice(0, 60)}`);
  for (const [, number] of text.matchAll(/#(\d+)/g))
    if (!issues.includes(Number(number))) found.push(`reference #${number}`);
  return found;
}
