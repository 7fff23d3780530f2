import type { Delivery } from './delivery.ts';
import type { ForgeEvent } from './forge-event.ts';

/** An issue repository beside the default one. */
export interface HeldRoom {
  /** `owner/name` in lower case. */
  key: string;
  id: number;
  installationId: number;
}

/** Whose alerts are taken: of whole installations, and of single repositories. */
export interface Accepted {
  installationIds: number[];
  repositories: { id: number; installationId: number }[];
}

/** What we hold, by number. */
export interface Ours {
  /** Installations of the default issue repository, which comes first, and the config repository; usually one. */
  installationIds: readonly number[];
  /** The default one. */
  issueRepositoryId: number;
  /** Undefined while there is no config repository. */
  configRepositoryId: number | undefined;
  rooms?: readonly HeldRoom[];
  /** Left out: alerts of `installationIds` are taken. */
  accepted?: Accepted | undefined;
}

/** Which events count from which repositories; alerts may come from any that is accepted, some events from anywhere. */
const sources: Record<ForgeEvent['kind'], readonly ('issues' | 'config' | 'accepted')[] | 'anywhere'> = {
  comment: ['issues'],
  issue: ['issues'],
  push: ['config'],
  'pull-request': ['config'],
  'check-rerequested': ['config'],
  repository: ['issues', 'config'],
  installation: 'anywhere',
  alert: ['accepted'],
  advisory: 'anywhere',
  ignored: [],
};

type From = Pick<Delivery, 'installationId' | 'repositoryId'>;

/** Whether an event counts, or why it is dropped. Names are never compared: they move. */
export function admit(
  delivery: From,
  event: ForgeEvent,
  ours: Ours,
): { admitted: true } | { admitted: false; reason: string } {
  if (event.kind === 'ignored') return { admitted: false, reason: event.reason };
  const from = sources[event.kind];
  // Of the whole world GitHub may name no installation, and of a new one we know none. The signature says that it is for our app.
  if (from === 'anywhere') return { admitted: true };
  const { installationId, repositoryId } = delivery;
  if (installationId === undefined || !known(ours).includes(installationId)) {
    return { admitted: false, reason: `Installation ${installationId ?? 'none'} is not ours.` };
  }
  // Whichever repository becomes public, that is an alert.
  if (event.kind === 'repository' && event.action === 'publicized' && accepts(delivery, ours))
    return { admitted: true };
  const allowed = from.some((source) => {
    if (source === 'accepted') return accepts(delivery, ours);
    if (source === 'issues') return roomOfRepository(ours, repositoryId, installationId) !== undefined;
    return (
      ours.installationIds.includes(installationId) &&
      ours.configRepositoryId !== undefined &&
      repositoryId === ours.configRepositoryId
    );
  });
  if (allowed) return { admitted: true };
  return { admitted: false, reason: `A ${event.kind} event does not count from repository ${repositoryId ?? 'none'}.` };
}

/** Key of the room a repository is, `''` for the default one; undefined for any other. */
export function roomOfRepository(
  ours: Ours,
  repositoryId: number | undefined,
  installationId: number | undefined,
): string | undefined {
  if (repositoryId === undefined || installationId === undefined) return undefined;
  if (repositoryId === ours.issueRepositoryId) return ours.installationIds.includes(installationId) ? '' : undefined;
  return ours.rooms?.find((room) => room.id === repositoryId && room.installationId === installationId)?.key;
}

/** Number of the repository that is a room. */
export function repositoryOfRoom(ours: Ours, key: string): number | undefined {
  return key === '' ? ours.issueRepositoryId : ours.rooms?.find((room) => room.key === key)?.id;
}

/** Whether alerts of a repository are taken. */
export function accepts({ installationId, repositoryId }: From, { accepted, installationIds }: Ours): boolean {
  if (installationId === undefined) return false;
  if (!accepted) return installationIds.includes(installationId);
  if (accepted.installationIds.includes(installationId)) return true;
  return accepted.repositories.some((one) => one.id === repositoryId && one.installationId === installationId);
}

/** Whether alerts of an installation are taken: of all its repositories, of some, of none. */
export function takesAlertsOf({ accepted, installationIds }: Ours, installation: number): 'all' | 'some' | 'none' {
  if ((accepted?.installationIds ?? installationIds).includes(installation)) return 'all';
  return accepted?.repositories.some((one) => one.installationId === installation) ? 'some' : 'none';
}

function known({ installationIds, rooms = [], accepted }: Ours): number[] {
  const named = [...rooms, ...(accepted?.repositories ?? [])].map((one) => one.installationId);
  return [...installationIds, ...named, ...(accepted?.installationIds ?? [])];
}

/** Installations alerts are taken from, of all or of some of their repositories. */
export function installationsTaken(ours: Ours | undefined): number[] {
  if (!ours?.accepted) return [...(ours?.installationIds ?? [])];
  const { installationIds, repositories } = ours.accepted;
  return [...new Set([...installationIds, ...repositories.map((one) => one.installationId)])];
}
