import { type Glob, literalOf } from './glob.ts';

/** Encodes text as bytes, which are held as one character each (latin1), so that they can be searched like text. */
export const encodings = {
  utf16le: (text: string) => Buffer.from(text, 'utf16le').toString('latin1'),
  utf16be: (text: string) => Buffer.from(text, 'utf16le').swap16().toString('latin1'),
  utf16: (text: string) => `\xff\xfe${Buffer.from(text, 'utf16le').toString('latin1')}`,
} as const;

/** Base64 of a value without wildcards; undefined when it has some. */
export function base64(glob: Glob, bytes: boolean): string | undefined {
  const text = literalOf(glob);
  return text === undefined ? undefined : Buffer.from(text, bytes ? 'latin1' : 'utf8').toString('base64');
}

/** Characters of the encoded text that the bytes before decide, by how many bytes stand before. */
const firstOwn = [0, 2, 3] as const;
/** Characters at the end that the bytes behind decide, by the length modulo 3. */
const lastForeign = [0, 3, 2] as const;

/**
 * What of a value always stands in the Base64 of a text it occurs in, for each of the three places it can begin at
 * (appendix of modifiers, "Encoding"). Undefined when the value has wildcards.
 */
export function base64Offsets(glob: Glob, bytes: boolean): string[] | undefined {
  const text = literalOf(glob);
  if (text === undefined) return undefined;
  const own = Buffer.from(text, bytes ? 'latin1' : 'utf8');
  return firstOwn.map((start, shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), own]).toString('base64');
    return encoded.slice(start, encoded.length - (lastForeign[(shift + own.length) % 3] ?? 0));
  });
}
