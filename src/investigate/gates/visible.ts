/** What a reader does not see, and controls; the renderer takes the same out before anything leaves. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800]/gu;

/** One line of what a reader would see of a text: no invisible characters or controls, single spaces. */
export function visible(text: string): string {
  return text
    .replace(/[\r\n\t\u0085\u2028\u2029]+/g, ' ')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim();
}
