/** What a raw record's bytes say: JSON, or for sources of lines also a bare line of text. Throws on anything else. */
export function recordOf(content: Buffer, lines: boolean): unknown {
  const text = content.toString('utf8');
  if (!lines) return JSON.parse(text);
  // A line of text may begin with a brace and still be none of JSON.
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
