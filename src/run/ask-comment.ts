import { type ForgeComment, ForgeError } from '../ports/forge.ts';
import type { SeenComment } from '../store/commands.ts';
import type { CommanderDeps } from './commander.ts';
import { roomRepository } from './room-repository.ts';

/** Who wrote a comment, and why it does not count: asked of the forge now, since it may have been edited or deleted. */
export async function askComment(
  deps: Pick<CommanderDeps, 'forge' | 'masking' | 'repo' | 'rooms'>,
  seen: SeenComment,
): Promise<{ author: string; why: Uncounted | undefined; body?: string }> {
  try {
    const now = await deps.forge.comment(roomRepository(seen.room, deps.repo), Number(seen.id));
    const why = untrusted({ ...now, body: deps.masking.text(now.body) }, seen);
    return { author: now.user.id === seen.authorId ? now.user.login : seen.author, why, body: now.body };
  } catch (error) {
    if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
    if (await deps.rooms.refused(seen.room, error)) throw error;
    return { author: seen.author, why: 'deleted' };
  }
}

/** Why a comment does not count, as `commanderWords` says it. */
export type Uncounted = 'noneInIt' | 'deleted' | 'noPerson' | 'otherAccount' | 'edited' | 'elsewhere';

function untrusted(now: ForgeComment, seen: SeenComment): Uncounted | undefined {
  if (now.user.type !== 'User' || now.viaApp || now.user.login.endsWith('[bot]')) return 'noPerson';
  if (now.user.id !== seen.authorId) return 'otherAccount';
  if (now.body !== seen.body || wasEdited(now)) return 'edited';
  if (now.issue !== seen.issue) return 'elsewhere';
  return undefined;
}

/** GitHub counts in seconds; a server that counts finer may make a comment in two steps within one. */
function wasEdited(comment: { createdAt: Date; updatedAt: Date }): boolean {
  return comment.updatedAt.getTime() - comment.createdAt.getTime() >= 1000;
}
