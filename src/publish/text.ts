import { cutText } from '../domain/cut.ts';
import { maskSecrets } from '../domain/secrets.ts';

/**
 * Untrusted text on its way to GitHub. It leaves only inside code spans, where nothing in it is a
 * mention, a command, a closing keyword, a link, an image or HTML; `prose` is for our own sentences.
 */

/** Invisible and direction-changing characters, and controls: they hide what a reader is told. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** Marks piled on one letter cover the lines above and below it; nobody writes more than a few. */
const piled = /(\p{M}{4})\p{M}+/gu;

/** How much of an overlong text is looked at beyond what is shown, so that a secret at the cut is still seen whole. */
const lookAhead = 8_192;

/** One visible line of at most `limit` UTF-16 units, secrets masked. */
export function oneLine(text: string, limit = 300): string {
  const far = text.length > limit + lookAhead;
  const line = visible(far ? cutText(text, limit + lookAhead) : text).trim();
  if (line.length > limit) return `${cutText(line, limit - 1)}…`;
  // What is left of a word at the cut may be the beginning of a secret.
  return far ? `${line.replace(/\S*$/, '')}…` : line;
}

function visible(text: string): string {
  return maskSecrets(text)
    .replace(/[\r\n\t]+/g, ' ')
    .replace(invisible, '')
    .replace(piled, '$1');
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

/**
 * A title: plain text on GitHub, but shown in mails and lists, so it is one visible line without active signs or links.
 */
export function titleText(text: string, limit = 120): string {
  return oneLine(text, limit)
    .replaceAll('@', '＠')
    .replace(/(?:https?|ftp)(?=:\/\/)/gi, unlinked)
    .replace(/www\./gi, 'www[.]')
    .replace(/[<>`]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** `http` as `hxxp`, which nothing makes a link. */
function unlinked(scheme: string): string {
  return scheme.replace(/tt?/gi, (t) => 'x'.repeat(t.length));
}

/** A product's name, which may come out of a record: as words when it is nothing but words, else as code. */
export function name(text: string): string {
  const line = oneLine(text, 40);
  const words = /^\p{L}[\p{L}\p{N}]*(?:[ -][\p{L}\p{N}]+)*$/u.test(line) && !/\bgh-\d/i.test(line);
  return words ? line : code(line);
}

/**
 * Words of ours, of merged policy or of a report, spaces at the ends kept: no HTML, mention, image, link, reference to
 * an issue or closing keyword, and no code span that could pair with one of ours.
 */
export function prose(text: string): string {
  return visible(cutText(text, 2_000))
    .replace(/[\\`]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '＠')
    .replaceAll('![', '!\\[')
    .replaceAll('](', ']\\(')
    .replaceAll(']:', ']\\:')
    .replace(/(?:https?|ftp)(?=:\/\/)/gi, unlinked)
    .replace(/www\./gi, 'www[.]')
    .replace(/#(?=\d)/g, '＃')
    .replace(/\bgh-(?=\d)/gi, 'GH ');
}

/** Rendered text that begins a line or an item of ours: no heading, quote, list, rule, fence or box to tick. */
export function plainStart(markdown: string): string {
  return markdown.replace(/^\s*(?=[#>+*=|~_[-])/, '\\').replace(/^(\s*\d{1,9})(?=[.)](?:\s|$))/, '$1\\');
}

/** The same without its full stop, to go on behind it. */
export function clause(text: string): string {
  return prose(text).replace(/[.。\s]+$/, '');
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
  return /^(?!www\.)[a-z0-9][a-z0-9_./[\]-]{0,80}$/i.test(login) ? login : code(login);
}
