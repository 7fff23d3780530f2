import type { ForgeState } from '../forge-state.ts';
import { invalidField } from '../refusal.ts';

/** Refuses a body over GitHub's limits with its 422; characters are code points. */
export function checkBody(forge: ForgeState, resource: string, body: string): void {
  const { bodyCharacters, bodyBytes } = forge.limits;
  const tooLong = body.length > bodyCharacters && [...body].length > bodyCharacters;
  if (!tooLong && Buffer.byteLength(body) <= bodyBytes) return;
  throw invalidField(resource, 'body', 'custom', `body is too long (maximum is ${bodyCharacters} characters)`);
}

/** Refuses an empty or overlong title with GitHub's 422. */
export function checkTitle(forge: ForgeState, resource: string, title: string): void {
  const most = forge.limits.titleCharacters;
  if (title.trim() === '') throw invalidField(resource, 'title', 'missing_field');
  if ([...title].length > most) {
    throw invalidField(resource, 'title', 'custom', `title is too long (maximum is ${most} characters)`);
  }
}
