import { cutText } from '../domain/cut.ts';
import { ForgeError } from '../ports/forge.ts';
import type { DuePublication, SentState } from '../store/publications.ts';
import type { OutboxDeps } from './outbox-deps.ts';
import { roomRepository } from './room-repository.ts';

/** How long a refusal stands before GitHub is asked again, in milliseconds: somebody may have made room. */
const askAgainMs = 24 * 3_600_000;

/**
 * Pins the issue that ranks what is open, once: whoever takes it down is left alone. What came of it, with what is sent;
 * undefined, to be tried with the next edit, when GitHub did not say.
 */
export async function pinQueue(
  deps: OutboxDeps,
  publication: DuePublication,
  number: number,
): Promise<Pick<SentState, 'pin'>> {
  if (publication.kind !== 'queue') return {};
  const now = deps.clock.now();
  const before = publication.sent?.pin;
  const stands = before && (before.refused === undefined || now.getTime() - Date.parse(before.at) < askAgainMs);
  if (stands) return { pin: before };
  try {
    await deps.forge.pinIssue(roomRepository(publication.room, deps.repo), number);
    return { pin: { at: now.toISOString() } };
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    if (!['validation', 'forbidden', 'not-found'].includes(error.reason)) return before ? { pin: before } : {};
    if (!before) deps.log(`#${number} could not be pinned: ${error.message}`);
    return { pin: { at: now.toISOString(), refused: cutText(error.message, 200) } };
  }
}
