import { defaultRoom } from '../domain/room.ts';
import type { RepoRef } from '../ports/forge.ts';

/** The issue repository of a room; `byDefault` is the one without a key. */
export function roomRepository(room: string | undefined, byDefault: RepoRef): RepoRef {
  if (room === undefined || room === defaultRoom) return byDefault;
  const [owner = '', name = ''] = room.split('/');
  return { owner, name };
}

/** Key of the room a repository would be, when it is one. */
export function roomNamed({ owner, name }: RepoRef): string {
  return `${owner}/${name}`.toLowerCase();
}
