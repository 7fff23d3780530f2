import { maskSecrets } from '../domain/secrets.ts';

/**
 * Untrusted text on its way to GitHub. It leaves only inside code (spans or fences), where nothing in it is a
 * mention, a command, a closing keyword, a link, an image or HTML; `prose` is for our own sentences.
 */

/** Invisible and direction-changing characters, and controls: they hide what a reader is told. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** One visible line of at most `limit` grapheme-safe UTF-16 units, secrets masked. */
export function oneLine(text: string, limit = 300): string {
  const line = maskSecrets(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(invisible, '')
    .trim();
  return line.length <= limit ? line : `${cutAt(line, limit - 1)}…`;
}

/** A code span that nothing inside can end. */
export function code(text: string, limit = 300): string {
  const line = oneLine(text, limit);
  if (line === '') return '`(empty)`';
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block that nothing inside can end; keeps lines. */
export function codeBlock(text: string, limit = 4000): string {
  const clean = maskSecrets(text)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(invisible, ''))
    .join('\n');
  const cut = clean.length <= limit ? clean : `${cutAt(clean, limit)}\n… cut`;
  const longest = Math.max(2, ...(cut.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${cut}\n${fence}`;
}

/** A title: plain text on GitHub, but shown in mails and lists, so it is one visible line without active signs. */
export function titleText(text: string, limit = 120): string {
  return oneLine(text, limit).replaceAll('@', '＠').replace(/[<>`]/g, ' ').replace(/\s+/g, ' ').trim();
}

/** Words of ours or of merged policy: no HTML, no mention, no formatting that was not meant. */
export function prose(text: string): string {
  return maskSecrets(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(invisible, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '＠')
    .replaceAll('![', '!\\[');
}

/** Inside an HTML tag of ours (`<summary>`): escaped text. */
export function html(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('@', '&#8203;@')
    .replaceAll('`', "'");
}

/** A login or `org/team` without a mention. */
export function person(login: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9_./[\]-]{0,80}$/.test(login) ? login : code(login);
}

/** Cuts without splitting a surrogate pair. */
export function cutAt(text: string, limit: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '') ? limit - 1 : limit;
  return text.slice(0, end);
}
