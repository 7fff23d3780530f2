import { oneLine } from '../publish/text.ts';

/** Code spans, escapes and entities as `src/publish` writes them; bold marks. */
const marks = /(`+)([\s\S]*?[^`])\1(?!`)|\\([\\`[\]()!:#>+*=|~_-])|&(amp|lt);|\*\*/g;

/** A line we rendered for GitHub, as plain text: what stood in code spans is text like the rest. */
export function plainLine(markdown: string): string {
  return plain(
    markdown.replace(marks, (_, _fence, code?: string, escaped?: string, entity?: string) => {
      if (code !== undefined) return code.replace(/^ (`[\s\S]*|[\s\S]*`) $/, '$1');
      if (escaped !== undefined) return escaped;
      return entity === 'amp' ? '&' : entity === 'lt' ? '<' : '';
    }),
    1_000,
  );
}

/**
 * Text of others as one line for a channel: visible, secrets masked, no sign that could call somebody, indicators defanged.
 * What a channel's own markup makes of the rest is escaped by the channel.
 */
export function plain(text: string, limit = 300): string {
  return defangText(oneLine(text, limit).replaceAll('@', '＠'));
}

/** Names with dots and links in a text, so that no chat or mail program makes them clickable. Idempotent. */
function defangText(text: string): string {
  return text
    .replace(/(https?|ftp)(?=:\/\/)/gi, (scheme) => scheme.replace(/tt?/gi, (t) => 'x'.repeat(t.length)))
    .replace(/(?<!hxxps?|fxp):\/\//gi, '[:]//')
    .replace(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?!\[\.\]|\.?[\p{L}\p{N}_-])/gu, (name) => {
      // A version or a number is none.
      return /^\d+(?:\.\d+)*$/.test(name) && name.split('.').length !== 4 ? name : name.replace(/\.(?=[^.]*$)/, '[.]');
    });
}
