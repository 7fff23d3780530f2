import type { Delivery } from './delivery.ts';
import type { ForgeEvent } from './forge-event.ts';

/** What we hold, by number. */
export interface Ours {
  /** Installations of the two repositories; usually one. */
  installationIds: readonly number[];
  issueRepositoryId: number;
  /** Undefined while there is no config repository. */
  configRepositoryId: number | undefined;
}

/** Which events count from which of the two repositories; alerts may come from any repository of an installation. */
const sources: Record<ForgeEvent['kind'], readonly ('issues' | 'config' | 'installation')[]> = {
  comment: ['issues'],
  issue: ['issues'],
  push: ['config'],
  'pull-request': ['config'],
  'check-rerequested': ['config'],
  repository: ['issues', 'config'],
  installation: ['installation'],
  alert: ['installation'],
  advisory: ['installation'],
  ignored: [],
};

/** Whether an event counts, or why it is dropped. Names are never compared: they move. */
export function admit(
  delivery: Pick<Delivery, 'installationId' | 'repositoryId'>,
  event: ForgeEvent,
  ours: Ours,
): { admitted: true } | { admitted: false; reason: string } {
  if (event.kind === 'ignored') return { admitted: false, reason: event.reason };
  // It is about the whole world: GitHub may name no installation, and the signature says that it is for our app.
  if (event.kind === 'advisory') return { admitted: true };
  const { installationId, repositoryId } = delivery;
  if (installationId === undefined || !ours.installationIds.includes(installationId)) {
    return { admitted: false, reason: `Installation ${installationId ?? 'none'} is not ours.` };
  }
  // Whichever repository becomes public, that is an alert.
  if (event.kind === 'repository' && event.action === 'publicized') return { admitted: true };
  const allowed = sources[event.kind].some((source) => {
    if (source === 'installation') return true;
    const id = source === 'issues' ? ours.issueRepositoryId : ours.configRepositoryId;
    return id !== undefined && repositoryId === id;
  });
  if (allowed) return { admitted: true };
  return { admitted: false, reason: `A ${event.kind} event does not count from repository ${repositoryId ?? 'none'}.` };
}
