import { visible } from './visible.ts';

/** One way to read a text; `hidden` when nobody sees it who looks at the text. */
interface Reading {
  text: string;
  hidden?: true;
}

/** Longest run of base64 that is decoded, and how many runs of a text. */
const longestBase64 = 8_192;
const mostBase64 = 20;

/**
 * The ways in which a model might read a text: as it stands, what its invisible characters spell, and decoded from what
 * attackers write it in (percent signs, character references, escapes, separators of file names, base64). Cheap to
 * expensive; equal readings once.
 */
export function* readings(text: string): Generator<Reading> {
  const spelled = hiddenText(text);
  if (spelled !== undefined) yield { text: spelled, hidden: true };
  const seen = new Set<string>();
  for (const form of [plain, decoded, joined]) {
    const reading = visible(form(text)).normalize('NFKC');
    if (!seen.has(reading)) yield { text: reading };
    seen.add(reading);
  }
  for (const run of fromBase64(text)) yield { text: visible(run).normalize('NFKC') };
}

/** ASCII spelled in tag characters, and words pulled apart by characters without width. */
function hiddenText(text: string): string | undefined {
  // Flags of regions are spelled in tags, too: a black flag before, at most six after.
  const tags = text.replace(/\u{1F3F4}[\u{E0020}-\u{E007F}]{1,7}/gu, '').match(/[\u{E0020}-\u{E007E}]/gu) ?? [];
  const spelled = tags.map((tag) => String.fromCodePoint((tag.codePointAt(0) ?? 0) - 0xe0000)).join('');
  if (/[a-z]{3}/i.test(spelled)) return spelled;
  const apart = text.match(/[a-z](?:\u200b|\u200c|\u200d|\u2060|\ufeff)+(?=[a-z])/gi) ?? [];
  const coded = /(?:\u200b|\u200c|\u200d|\u2060|\u2063|\u2062|\ufeff){12}/.test(text);
  return apart.length >= 3 || coded ? visible(text) : undefined;
}

function plain(text: string): string {
  return text;
}

function decoded(text: string): string {
  return text
    .replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
    .replace(/\\u([0-9a-f]{4})|\\x([0-9a-f]{2})/gi, (_, long: string | undefined, short: string | undefined) =>
      String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)),
    )
    .replace(/&#(\d{2,6});/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([0-9a-f]{2,5});/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\[nrt]/g, ' ');
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Words of a file name or a query, and letters set apart. */
function joined(text: string): string {
  return decoded(text)
    .replace(/[_+.\-/\\]+/g, ' ')
    .replace(/(?<![\p{L}\p{N}])(?:\p{L} ){5,}\p{L}(?![\p{L}\p{N}])/gu, (letters) => letters.replaceAll(' ', ''));
}

function fromBase64(text: string): string[] {
  const runs = text.match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? [];
  return runs.slice(0, mostBase64).flatMap((run) => {
    const bytes = Buffer.from(run.slice(0, longestBase64), 'base64');
    return [bytes.toString('utf8'), bytes.toString('utf16le')].filter(isText);
  });
}

/** Whether decoded bytes are words and not chance. */
function isText(text: string): boolean {
  const signs = text.match(/[\p{L}\p{N}\p{P}\s]/gu) ?? [];
  return !text.includes('\uFFFD') && signs.length > 0.95 * [...text].length && /\s|[^\0-\u02ff]{6}/u.test(text);
}
