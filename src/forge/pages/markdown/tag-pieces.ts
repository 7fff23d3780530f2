/** A line of markdown cut at the block tags Yagura writes; everything else is text. */
export type TagPiece =
  | { kind: 'open' }
  | { kind: 'close' }
  | { kind: 'summary'; text: string }
  | { kind: 'text'; text: string };

/** Nobody writes a longer line of tags; the pattern below is quadratic in hostile ones. UTF-16 units. */
const LONGEST_LINE = 10_000;
const STARTS = /^<(?:details|summary|\/details)>/;
/** Code spans come first, so that a tag inside one is text. */
const PIECE = /(`+)(?!`).*?[^`]\1(?!`)|<summary>(.*?)<\/summary>|<(\/?)details>/g;

/** The pieces of a line that begins with one of the tags, without attributes; null for any other line. */
export function tagPieces(line: string): TagPiece[] | null {
  if (line.length > LONGEST_LINE || !STARTS.test(line)) return null;
  const pieces: TagPiece[] = [];
  let at = 0;
  const text = (end: number) => {
    const part = line.slice(at, end).trim();
    if (part !== '') pieces.push({ kind: 'text', text: part });
  };
  for (const match of line.matchAll(PIECE)) {
    if (match[1] !== undefined) continue;
    text(match.index);
    at = match.index + match[0].length;
    if (match[2] !== undefined) pieces.push({ kind: 'summary', text: match[2] });
    else pieces.push({ kind: match[3] === '/' ? 'close' : 'open' });
  }
  text(line.length);
  return pieces.some((piece) => piece.kind !== 'text') ? pieces : null;
}
