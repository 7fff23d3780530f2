/** Longest label; longer ones hold 100 bits and more. An internationalized one is longer for the same letters. */
const longest = 24;
const longestForeign = 40;

/** From this length on a label is asked whether it reads like one. */
const shortest = 12;

/**
 * Bits a character from which a label of mixed signs reads as random. Twelve different signs have 3.6, English words of
 * that length 2.8 to 3.3.
 */
const randomFrom = 3.1;

/**
 * Whether a label of a domain name could carry data: it is long, or as random as base32, base64 or hex while it has the
 * digits of code or lacks the vowels of words.
 */
export function looksLikeData(label: string): boolean {
  const foreign = label.startsWith('xn--');
  if (label.length > (foreign ? longestForeign : longest)) return true;
  if (foreign || label.length < shortest) return false;
  const digits = (label.match(/\d/g) ?? []).length / label.length;
  const vowels = (label.match(/[aeiouy]/g) ?? []).length / label.length;
  return entropy(label) >= randomFrom && (digits >= 0.25 || vowels < 0.2);
}

/** Shannon entropy of the characters, in bits a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const sign of text) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / text.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
