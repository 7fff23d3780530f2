const MARK = ' … (cut)';

/** The text, cut to at most `maxBytes` of UTF-8 at a character, and marked when cut. */
export function cutText(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.byteLength <= maxBytes) return text;
  let end = maxBytes - Buffer.byteLength(MARK);
  // Never inside a character: continuation bytes are 10xxxxxx.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}${MARK}`;
}
