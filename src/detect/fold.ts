const ascii = /^[\0-\x7f]*$/;

/**
 * The text as Sigma compares it: lower case, and a final sigma like any other, so that folding the parts of a text
 * gives the parts of the folded text.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return ascii.test(lower) ? lower : lower.replaceAll('ς', 'σ');
}
