import { roomOf } from '../domain/room.ts';
import type { OutboxDeps } from './outbox-deps.ts';

/**
 * By resource, `owner/name` of the repository whose readers see what it holds, though they may not read what is in this
 * room; empty for a room that is not restricted.
 */
export function shownInOf(deps: Pick<OutboxDeps, 'policy' | 'shownIn'>, room: string): Record<string, string> {
  const policy = deps.policy.current();
  if (!roomOf(policy, room).restricted) return {};
  const shown = policy.resources.flatMap(({ id }): [string, string][] => {
    const repo = deps.shownIn(id);
    return repo ? [[id, `${repo.owner}/${repo.name}`]] : [];
  });
  return Object.fromEntries(shown);
}
