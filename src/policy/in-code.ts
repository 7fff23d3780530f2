/** Text out of a file as a markdown code span: one line, cut, and nothing in it can end the span. */
export function inCode(text: string): string {
  const clean = text
    .replace(/[\p{C}\p{Z}\s]+/gu, ' ')
    .replaceAll('`', "'")
    .trim();
  return `\`${clean.length > 120 ? `${clean.slice(0, 119)}…` : clean || '(nothing)'}\``;
}
