import { maskSecrets } from '../../src/domain/secrets.ts';

/** Letters and digits of a planted text that must be there for it to count as read. */
const telling = 50;

/**
 * Whether a text shows a planted one, be it escaped as JSON once or twice, in lower case, or cut behind its beginning,
 * where it may have signs only.
 */
export function holds(text: string, planted: string): boolean {
  const wanted = bare(maskSecrets(planted)).slice(0, telling);
  return (wanted !== '' && bare(text).includes(wanted)) || signs(text).includes(signs(planted).slice(0, telling));
}

/** All but spaces, however they are escaped. */
function signs(text: string): string {
  return text.replace(/\\[nrt]|[\s\\]/g, '');
}

function bare(text: string): string {
  return text
    .replace(/\\+(?:u[0-9a-f]{4}|[nrtbf"/])/gi, ' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
