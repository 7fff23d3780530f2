/** Bytes of which one stands at a place. */
type Place = readonly number[];

const bytesOf = (letters: string): Place => [...letters].map((letter) => letter.charCodeAt(0));
const exact = (text: string): Place[] => [...text].map(bytesOf);
const anyCase = (text: string): Place[] => [...text].map((c) => bytesOf(c.toLowerCase() + c.toUpperCase()));
const digits = '0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const inBase64 = bytesOf(`${capitals}${capitals.toLowerCase()}${digits}_-`);
const any: Place = Array.from({ length: 0x80 }, (_, code) => code);
/** Digits are among them: the last byte of a character past ASCII is taken for one. */
const noLetter: Place = any.filter((code) => !/[a-z]/i.test(String.fromCharCode(code)));

/** Bytes of a sign. */
const size = 6;

/**
 * Six bytes out of every shape of `secrets.ts`, what stands before a token counted in where it is short; but for the
 * password of an address, which `hasLogin` finds.
 */
const signs: Place[][] = [
  ...['-BEGIN', 'hub_pa', '_live_', 'sk-ant'].map(exact),
  [noLetter, ...exact('gh'), bytesOf('pousr'), ...exact('_'), inBase64],
  [noLetter, ...exact('A'), bytesOf('KS'), ...exact('IA'), bytesOf(capitals + digits)],
  [noLetter, ...exact('AIza'), inBase64],
  [noLetter, ...exact('npm_'), inBase64],
  [...exact('xox'), bytesOf('abeprs'), ...exact('-'), inBase64],
  [any, noLetter, ...exact('eyJ'), inBase64],
  ...['bearer', 'passwo', 'passwd', 'secret', 'apikey', 'api_ke', 'api-ke', '_token', '-token', 'stoken', 'htoken'].map(
    anyCase,
  ),
  [noLetter, ...anyCase('basic')],
  [any, noLetter, ...anyCase('pwd'), bytesOf('\\"\'=: \t\r\n')],
];

/** Two bytes as one number; those past ASCII are taken for others, which costs a closer look and no more. */
function pairOf(first: number, second: number): number {
  return ((first & 0x7f) << 7) | (second & 0x7f);
}

/** By the last two bytes looked at, how far the next sign can be at the nearest (Wu and Manber, 1994). */
const shifts = new Uint8Array(0x4000).fill(size - 1);
/** By two bytes, which signs have them first, in the middle and last: a bit each. */
const [begin, middle, end] = [new Int32Array(0x4000), new Int32Array(0x4000), new Int32Array(0x4000)];
const tables = new Map([
  [0, begin],
  [2, middle],
  [4, end],
]);

for (const [n, sign] of signs.entries())
  for (let k = 0; k < size - 1; k += 1)
    for (const first of sign[k] ?? [])
      for (const second of sign[k + 1] ?? []) {
        const pair = pairOf(first, second);
        shifts[pair] = Math.min(shifts[pair] ?? 0, size - 2 - k);
        const table = tables.get(k);
        if (table) table[pair] = (table[pair] ?? 0) | (1 << n);
      }

/** What a text of a product begins with that is no secret by itself. */
const brackets = bytesOf('{[');

/**
 * Whether bytes may hold a secret: false is sure, and true wants a closer look. Reads about two bytes of five, since each
 * record that comes in is looked at and next to none has one.
 */
export function hasSecretSign(bytes: Buffer): boolean {
  const { length } = bytes;
  for (let at = size - 1; at < length; ) {
    const pair = pairOf(bytes[at - 1] as number, bytes[at] as number);
    const shift = shifts[pair] as number;
    if (shift > 0) {
      at += shift;
      continue;
    }
    const first = pairOf(bytes[at - 5] as number, bytes[at - 4] as number);
    const second = pairOf(bytes[at - 3] as number, bytes[at - 2] as number);
    if (((begin[first] as number) & (middle[second] as number) & (end[pair] as number)) !== 0) return true;
    at += 1;
  }
  // At the very beginning nothing stands before a token.
  if (!brackets.includes(bytes[0] ?? 0) && hasSign(bytes)) return true;
  return hasLogin(bytes);
}

/** Bytes before an `@` in which an address with a password begins. */
const loginLimit = 350;

/** Whether some `@` may be that of `https://user:password@host`; JSON may write its slashes as `\/`. */
function hasLogin(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('@'); at >= 0; at = bytes.indexOf('@', at + 1)) {
    const before = bytes.subarray(Math.max(0, at - loginLimit), at);
    if (before.includes('://') || before.includes('\\/')) return true;
  }
  return false;
}

function hasSign(bytes: Buffer): boolean {
  return /^[\s\S]?(?:gh[pousr]_|A[KS]IA|AIza|npm_|eyJ|pwd|basic)/i.test(bytes.toString('latin1', 0, size));
}
