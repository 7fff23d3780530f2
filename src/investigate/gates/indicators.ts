import { isIPv6 } from 'node:net';
import { refang } from 'fanger';
import { partialExtractIOC } from 'ioc-extractor';
import { canonicalValue } from '../../domain/canonical-value.ts';
import type { EntityType } from '../../domain/entity.ts';
import { innerSuffixes } from './inner-suffixes.ts';

/** Something in a sentence that looks like an address, name, link, hash or mail address. */
export interface Indicator {
  type: EntityType;
  /** As one compares it; what was written when it has no canonical form, so that nothing is equal to it. */
  value: string;
  /** What was written, full-width signs and defanging undone. */
  written: string;
}

/** Letters of alphabets in which a name can look like a Latin one. */
export const letter = String.raw`[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\d_-]`;
/** Signs of scripts that are written without spaces, or without Latin lookalikes. */
export const other = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Arabic}]`;

const shape = new RegExp(
  [
    String.raw`(?<url>(?:https?|ftp):\/\/(?:(?!${other})[^\s<>"'、。」』）])+)`,
    // Text of a script without spaces may stand before and behind an address of Latin letters.
    String.raw`(?<email>(?:(?:(?!${other})[^\s@<>()"',;:、。]){1,64}|[^\s@<>()"',;:、。]{0,63}${other})@(?:${letter}+(?:\.${letter}+)+|[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+))`,
    String.raw`(?<ipv6>(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\w:]))`,
    String.raw`(?<ipv4>(?<!\d|\d\.)\d{1,3}(?:\.\d{1,3}){3}(?!\d|\.\d))`,
    `(?<hash>(?<![0-9a-z])(?:[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z]))`,
    // A name of such a script below a Latin ending: `www.例え.co.jp`.
    String.raw`(?<mixed>(?<!${letter})(?:${letter}+\.)*${other}+(?:\.${other}+)*(?:\.${letter}+)*\.(?!\d)${letter}{2,})`,
    String.raw`(?<name>(?<!${letter})${letter}+(?:\.${letter}+)*\.(?!\d)${letter}{2,})`,
    String.raw`(?<foreign>${other}+\.${other}+)`,
  ].join('|'),
  'giu',
);

/** The text cut at its indicators; the text alone, untouched, when it has none. */
export function indicatorsIn(text: string): (string | Indicator)[] {
  const plain = folded(text);
  const parts: (string | Indicator)[] = [];
  let last = 0;
  for (const match of plain.matchAll(shape)) {
    const indicator = indicatorOf(match.groups ?? {});
    if (indicator === undefined) continue;
    parts.push(plain.slice(last, match.index), indicator);
    last = match.index + indicator.written.length;
  }
  return last === 0 && parts.length === 0 ? [text] : [...parts, plain.slice(last)].filter((part) => part !== '');
}

/** Between Latin letters it hides a dot; between kana it sets words of a list apart. */
const middleDot = new RegExp(`(?<=${letter})・(?=${letter})`, 'giu');

/** A Japanese full stop in brackets between letters is as much a dot as a Latin one. */
const bracketedStop = new RegExp(`(?<=${letter})\\s*[[({]\\s*。\\s*[\\])}]\\s*(?=${letter})`, 'giu');
const stopped = new RegExp(`(?<!${letter})${letter}+(?:[.。]${letter}+)+`, 'giu');

/** Most parts put together across Japanese full stops, as many as an address has; of a longer name the end is found. */
const mostParts = 4;

/** `evil。com` and `203。0。113。7` with dots; behind what is a name already, or between words, 。 ends a sentence. */
function withoutStops(run: string): string {
  if (!run.includes('。')) return run;
  const parts = run.split('。');
  const read: string[] = [];
  for (let at = 0; at < parts.length; ) {
    const most = isName(parts[at] ?? '') ? 1 : Math.min(mostParts, parts.length - at);
    const named = (taken: number) => taken <= most && isName(parts.slice(at, at + taken).join('.'));
    let taken = 2;
    while (taken <= most && !named(taken)) taken++;
    // `evil。co。jp` is not `evil.co`.
    while (named(taken + 1)) taken++;
    if (taken > most) taken = 1;
    read.push(parts.slice(at, at + taken).join('.'));
    at += taken;
  }
  return read.join('。');
}

/** Half-width, refanged, without spaces put around the dots of an address. */
export function folded(text: string): string {
  const bracketed = text
    .normalize('NFKC')
    .replace(/[．․‧]/g, '.')
    .replace(middleDot, '.')
    .replace(bracketedStop, '.')
    .replace(stopped, withoutStops)
    .replace(/\s*([[({])\s*(\.|dot|:|at|@)\s*([\])}])\s*/gi, '$1$2$3');
  return refang(bracketed).replace(/\b\d{1,3}(?:\s*\.\s*\d{1,3}){3}\b/g, (quad) => quad.replace(/\s+/g, ''));
}

function indicatorOf(groups: Record<string, string | undefined>): Indicator | undefined {
  const { url, email, ipv6, ipv4, hash, name, mixed, foreign } = groups;
  if (url !== undefined) return indicator('url', url.replace(/[.,;:!?)\]}*|]+$/, ''));
  if (email !== undefined) return indicator('email', email);
  if (ipv6 !== undefined) return isIPv6(ipv6) && /[0-9a-f]/i.test(ipv6) ? indicator('ip', ipv6) : undefined;
  if (ipv4 !== undefined) return indicator('ip', ipv4);
  if (hash !== undefined) return indicator('file_hash', hash);
  const dotted = mixed ?? name ?? foreign;
  return dotted !== undefined && isName(dotted) ? indicator('domain', dotted) : undefined;
}

function indicator(type: EntityType, written: string): Indicator {
  return { type, written, value: canonicalValue(type, written) ?? written };
}

/** Whether a dotted word is a name and not a file, a version or an abbreviation. */
function isName(dotted: string): boolean {
  // An address within a longer word is not hidden by it.
  if (/\d{1,3}(?:\.\d{1,3}){3}/.test(dotted)) return true;
  const suffix = (dotted.toLowerCase().split('.').at(-1) ?? '').replace(/[_-]+$/, '');
  // biome would flag a range from a control character; code units read as plainly.
  const foreign = [...dotted].some((sign) => sign.charCodeAt(0) > 127);
  const latin = /^[a-z\d-]+$/.test(suffix);
  if (foreign && latin && japanese.test(dotted))
    return !bareEnding.test(dotted) && (innerSuffixes.has(suffix) || isPublic(`name.${suffix}`));
  if (foreign) return suffix.length > 1 && /\p{L}/u.test(suffix);
  return innerSuffixes.has(suffix) || isPublic(dotted);
}

const japanese = new RegExp(other, 'u');

/** Something spoken of by its ending, behind a particle: `拡張子が.zip`, `これは.NET`. */
const bareEnding = /[はがのをにでともやへい]\.(?:net|zip|sh|py|pl|md|rs|ps|mov|app)$/iu;

function isPublic(name: string): boolean {
  return partialExtractIOC(name, ['domains'], { strict: true }).domains?.[0] === name;
}
