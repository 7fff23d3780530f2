import type { Writable } from 'node:stream';

/** Lines narrower than this are left to the terminal. */
const narrowest = 40;

/**
 * Text for people as it goes to `out`: on a terminal (which has `columns`) a line that is too long is broken between words, and
 * goes on below where its last column of text began. Anywhere else it comes back as it is.
 */
export function fitted(text: string, out: Writable): string {
  const columns = 'columns' in out && typeof out.columns === 'number' ? out.columns : 0;
  if (columns < narrowest) return text;
  const fold = (line: string) => (line.length <= columns ? line : folded(line, columns));
  return text.split('\n').map(fold).join('\n');
}

function folded(line: string, columns: number): string {
  const margin = /^(?:.{0,38} )? (?=\S)/.exec(line)?.[0].length ?? 0;
  const lines = [line.slice(0, margin)];
  for (const word of line.slice(margin).split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 <= columns || last.length === margin)
      lines[lines.length - 1] = last.length === margin ? last + word : `${last} ${word}`;
    else lines.push(' '.repeat(margin) + word);
  }
  return lines.join('\n');
}
