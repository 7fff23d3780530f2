/** Most pairs read of one line. */
const mostPairs = 2_000;

/** Fields whose value the kernel writes as hexadecimal digits when it holds a blank, a quote or a control character. */
const encoded = /^(?:comm|exe|proctitle|name|cwd|cmd|acct|key|data|path|dir|ocomm|vm|file|unit|grp|new-device)$/;
const argument = /^a\d{1,6}$/;

/**
 * The `key=value` pairs of an audit record of some type: quoted values without their quotes, encoded ones decoded,
 * `msg='…'` of programs opened, arguments in pieces put together. What stands before the group separator (0x1d) and what
 * `log_format = ENRICHED` adds behind it are read alike.
 */
export function readPairs(text: string, type: string): Record<string, string> {
  const pairs = new Map<string, string>();
  let at = 0;
  for (let left = mostPairs; left > 0 && at < text.length; left -= 1) {
    const equals = text.indexOf('=', at);
    if (equals < 0) break;
    const key = lastWord(text.slice(at, equals));
    const quote = text[equals + 1];
    const closing = quote === '"' || quote === "'" ? text.indexOf(quote, equals + 2) : -1;
    if (closing >= 0) {
      const inside = text.slice(equals + 2, closing);
      if (quote === "'") for (const [inner, value] of Object.entries(readPairs(inside, type))) add(pairs, inner, value);
      else add(pairs, key, inside);
      at = closing + 1;
    } else {
      const end = endOfWord(text, equals + 1);
      const value = text.slice(equals + 1, end);
      // `SADDR={ saddr_fam=inet … }`: the braces hold pairs of their own.
      if (value !== '{') add(pairs, key, decoded(key, value, type));
      at = end;
    }
  }
  return Object.fromEntries(pairs);
}

/** `a1[0]`, `a1[1]` are pieces of one long argument. */
function add(pairs: Map<string, string>, key: string, value: string): void {
  const [, whole] = /^(a\d{1,6})\[\d{1,6}\]$/.exec(key) ?? [];
  if (whole !== undefined) pairs.set(whole, (pairs.get(whole) ?? '') + value);
  else if (key !== '' && !pairs.has(key)) pairs.set(key, value);
}

function decoded(key: string, value: string, type: string): string {
  const name = key.replace(/\[\d{1,6}\]$/, '');
  // In a SYSCALL record a0 to a3 are numbers.
  const isText = encoded.test(name) || (type === 'EXECVE' && argument.test(name));
  if (!isText || value.length % 2 !== 0 || !/^[0-9A-F]+$/.test(value)) return value;
  // Arguments in a process title are separated by NUL.
  return Buffer.from(value, 'hex').toString('utf8').replaceAll('\0', ' ').trimEnd();
}

function lastWord(text: string): string {
  let start = text.length;
  while (start > 0 && !isBlank(text.charCodeAt(start - 1))) start -= 1;
  return text.slice(start);
}

function endOfWord(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x1d || code === 0x09;
}
