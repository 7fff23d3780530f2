import type { Attribution } from '../domain/attribution.ts';
import type { Language } from '../domain/locale.ts';
import { issueWords } from '../messages/issue.ts';
import { code } from './text.ts';

/** Names of licenses in full, by what rules write in `license`, in lower case. */
const licenses: Record<string, string> = {
  'drl-1.1': 'Detection Rule License 1.1',
  'drl 1.1': 'Detection Rule License 1.1',
  'detection rule license 1.1': 'Detection Rule License 1.1',
  'detection rule license (drl) 1.1': 'Detection Rule License 1.1',
};

/** `title` by `author` (Detection Rule License 1.1): whose rule an alert is of, as its license asks. */
export function credit({ title, author, license }: Attribution, language: Language): string {
  const known = license === undefined ? undefined : licenses[license.toLowerCase()];
  const under = license === undefined ? '' : ` (${known ?? code(license, 60)})`;
  return `${author ? issueWords(language).credit(code(title, 120), code(author, 200)) : code(title, 120)}${under}`;
}
