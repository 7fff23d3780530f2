import type { Attribution } from '../domain/attribution.ts';
import { code } from './text.ts';

/** Names of licenses in full, by what rules write in `license`, in lower case. */
const licenses: Record<string, string> = {
  'drl-1.1': 'Detection Rule License 1.1',
  'drl 1.1': 'Detection Rule License 1.1',
  'detection rule license 1.1': 'Detection Rule License 1.1',
  'detection rule license (drl) 1.1': 'Detection Rule License 1.1',
};

/** `title` by `author` (Detection Rule License 1.1): whose rule an alert is of, as its license asks. */
export function credit({ title, author, license }: Attribution): string {
  const known = license === undefined ? undefined : licenses[license.toLowerCase()];
  const under = license === undefined ? '' : ` (${known ?? code(license, 60)})`;
  return `${code(title, 120)}${author ? ` by ${code(author, 200)}` : ''}${under}`;
}
