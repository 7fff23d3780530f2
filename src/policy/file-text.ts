/** UTF-8 text of a file without its byte order mark, or the sentence why it is none. */
export function fileText(content: Uint8Array, limit: number): { text: string } | { refusal: string } {
  if (content.byteLength > limit) {
    return { refusal: `The file is larger than ${limit / 1024} KiB, the most that is read of one file.` };
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return { text };
  } catch {
    // Told below, as for text with a zero byte in it.
  }
  return { refusal: 'The file is not UTF-8 text.' };
}
