import type { ForgeState } from '../forge-state.ts';
import { accountById } from '../lookups.ts';
import type { Repository } from '../state/entities.ts';

/** GitHub's word for how an author stands to the repository, as of now. */
export function authorAssociation(forge: ForgeState, repo: Repository, userId: number) {
  if (repo.ownerId === userId) return 'OWNER';
  if (accountById(forge, userId).type === 'Bot') return 'NONE';
  if (forge.store.get('orgMember', `${repo.ownerId}:${userId}`)) return 'MEMBER';
  return forge.store.get('collaborator', `${repo.id}:${userId}`) ? 'COLLABORATOR' : 'NONE';
}
