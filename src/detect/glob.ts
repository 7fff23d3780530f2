/** A `?`: exactly one character. */
export const one = 1;
/** A `*`: any run of characters, also none. */
export const run = 2;

/** A value with its wildcards: literal parts, never empty and never side by side, between `one` and `run`. */
export type Glob = (string | typeof one | typeof run)[];

/**
 * Reads a value (rules specification, "Escape Character"): a backslash before `*`, `?` or another backslash takes away
 * its meaning, any other backslash is itself.
 */
export function readGlob(text: string): Glob {
  const glob: Glob = [];
  let literal = '';
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charAt(i);
    const next = text.charAt(i + 1);
    if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      literal += next;
      i += 1;
    } else if (c === '*' || c === '?') {
      if (literal !== '') glob.push(literal);
      literal = '';
      if (c === '?') glob.push(one);
      else if (glob.at(-1) !== run) glob.push(run);
    } else literal += c;
  }
  if (literal !== '') glob.push(literal);
  return glob;
}

/** The parts one after the other, literals joined, runs of runs made one. */
export function joinGlobs(...globs: Glob[]): Glob {
  const joined: Glob = [];
  for (const part of globs.flat()) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '' && !(part === run && last === run)) joined.push(part);
  }
  return joined;
}

/** The text of a value without wildcards; undefined when it has some. */
export function literalOf(glob: Glob): string | undefined {
  if (glob.length === 0) return '';
  const [only] = glob;
  return glob.length === 1 && typeof only === 'string' ? only : undefined;
}

export function mapLiterals(glob: Glob, change: (text: string) => string): Glob {
  return glob.map((part) => (typeof part === 'string' ? change(part) : part));
}

/**
 * Whether `text` is of the form of the glob, both folded or both not. Linear in the text times the number of parts: a
 * run takes the first place its successor fits, and is the only place to come back to.
 */
export function matchesGlob(glob: Glob, text: string): boolean {
  let part = 0;
  let at = 0;
  let retryPart = -1;
  let retryAt = 0;
  for (;;) {
    const wanted = glob[part];
    if (wanted === run) {
      if (part === glob.length - 1) return true;
      retryPart = part + 1;
      retryAt = at;
      part += 1;
    } else if (wanted === undefined ? at === text.length : fits(wanted, text, at)) {
      if (wanted === undefined) return true;
      at += wanted === one ? characterLength(text, at) : (wanted as string).length;
      part += 1;
    } else {
      if (retryPart < 0) return false;
      retryAt = nextTry(glob, retryPart, text, retryAt + 1);
      if (retryAt < 0) return false;
      part = retryPart;
      at = retryAt;
    }
  }
}

/** A character beyond the first 65,536 is two units of a text. */
function characterLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function fits(wanted: string | typeof one | typeof run, text: string, at: number): boolean {
  return typeof wanted === 'string' ? text.startsWith(wanted, at) : at < text.length;
}

/** Where the part behind a run is worth trying next. */
function nextTry(glob: Glob, part: number, text: string, from: number): number {
  const wanted = glob[part];
  if (typeof wanted === 'string') return text.indexOf(wanted, from);
  return from <= text.length ? from : -1;
}
