/** Lines of a CODEOWNERS file that are read, and characters of one. */
const lineLimit = 5_000;
const longestLine = 1_000;

/**
 * Who owns a path by the text of a CODEOWNERS file: the last pattern that matches wins, and one without owners says
 * nobody. The subset of gitignore that GitHub documents: no `!`, no `[ ]`, `\#` for a leading `#`.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
export function ownersOf(text: string, path: string): string[] {
  const lines = text.split('\n', lineLimit).toReversed();
  for (const line of lines) {
    const [pattern, ...rest] = line.slice(0, longestLine).trim().split(/\s+/);
    if (!pattern || pattern.startsWith('#') || pattern.startsWith('!') || /[[\]]/.test(pattern)) continue;
    if (!matches(pattern.replace(/^\\#/, '#'), path.replace(/^\//, ''))) continue;
    const comment = rest.findIndex((one) => one.startsWith('#'));
    const owners = comment < 0 ? rest : rest.slice(0, comment);
    return owners.filter((one) => one.includes('@')).slice(0, 10);
  }
  return [];
}

/** By segments, so that no pattern takes long: `**` is any number of them, `*` and `?` stay within one. */
function matches(pattern: string, path: string): boolean {
  const isFolder = pattern.endsWith('/');
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const parts = pattern.split('/').filter((part) => part !== '');
  const wanted = anchored ? parts : ['**', ...parts];
  const last = wanted.at(-1) ?? '';
  // `docs/*` owns what is right in the folder, `docs` and `docs/` everything below it.
  const below = last !== '*' && last !== '**' ? ['**'] : [];
  const segments = path.split('/');
  if (!isFolder && fits(wanted, segments)) return true;
  return (isFolder || below.length > 0) && fits([...wanted, '*', '**'], segments);
}

function fits(wanted: readonly string[], segments: readonly string[]): boolean {
  // Which of the wanted parts may stand at the next segment.
  let open = skipping(wanted, new Set([0]));
  for (const segment of segments) {
    const next = new Set<number>();
    for (const k of open) {
      const part = wanted[k];
      if (part === undefined) continue;
      if (part === '**') next.add(k);
      else if (fitsOne(part, segment)) next.add(k + 1);
    }
    open = skipping(wanted, next);
  }
  return open.has(wanted.length);
}

/** `**` may stand for no segment at all. */
function skipping(wanted: readonly string[], open: Set<number>): Set<number> {
  for (const k of open) if (wanted[k] === '**') open.add(k + 1);
  return open;
}

function fitsOne(pattern: string, segment: string): boolean {
  const pieces = pattern.split(/\*+/);
  if (pieces.length === 1) return sameLetters(pattern, segment) && pattern.length === segment.length;
  let at = 0;
  for (const [k, piece] of pieces.entries()) {
    if (k === pieces.length - 1) {
      const end = segment.length - piece.length;
      return end >= at && sameLetters(piece, segment.slice(end));
    }
    const found = k === 0 ? (sameLetters(piece, segment) ? 0 : -1) : indexOf(segment, piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return true;
}

function indexOf(text: string, piece: string, from: number): number {
  for (let at = from; at <= text.length - piece.length; at += 1) if (sameLetters(piece, text.slice(at))) return at;
  return -1;
}

/** Whether the text begins with the piece, `?` being any letter. */
function sameLetters(piece: string, text: string): boolean {
  if (text.length < piece.length) return false;
  return [...piece].every((letter, k) => letter === '?' || letter === text[k]);
}
