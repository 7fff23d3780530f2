import type { Policy, RoomRule, Route } from '../../src/domain/policy.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { attack, type Spine, spine } from './spine.ts';

export const soc = { owner: 'acme', name: 'soc' };
/** Restricted: of its incidents only a number is told elsewhere. */
export const hidden = { owner: 'acme', name: 'soc-private' };
/** Of another organization, with an installation of its own. */
export const labs = { owner: 'acme-labs', name: 'soc' };

const origin = { path: 'yagura.md', line: 4 };

export const rooms: RoomRule[] = [
  { key: 'acme/soc-private', restricted: true, language: 'ja', timeZone: 'Asia/Tokyo', origin },
  { key: 'acme-labs/soc', restricted: false, origin },
];

/** Rights by the role somebody has in the room. */
const grants: Policy['grants'] = {
  analyst: { people: [], teams: [], roles: ['triage'] },
  responder: { people: [], teams: [], roles: ['maintain'] },
};

/** By host, since every alert of these tests has one. */
export const routes: Route[] = [
  { when: { entity: { type: 'host', value: ['payroll*'] } }, to: 'acme/soc-private', because: 'wages', origin },
  { when: { entity: { type: 'host', value: ['lab*'] } }, to: 'acme-labs/soc', because: 'their own', origin },
];

/**
 * The spine with three rooms: `acme/soc`, a restricted one of the same organization that mika may maintain, and one of a
 * second organization that rin may maintain.
 */
export async function spineInRooms(given: Partial<Policy> = {}): Promise<Spine> {
  const s = await spine({ rooms, routes, timeZone: 'UTC', grants, ...given });
  const { state } = s.a.t.forge;
  const acme = seedOrganization(state, {
    login: 'acme',
    repositories: { 'soc-private': { mika: 'maintain', hana: 'triage' }, 'payroll-api': {} },
  });
  const other = seedOrganization(state, {
    login: 'acme-labs',
    repositories: { soc: { rin: 'maintain', hana: 'read' }, infra: { rin: 'maintain' } },
    teams: { responders: ['rin', 'ken'] },
  });
  const held = (key: string, id: number | undefined, installationId: number) => ({ key, id: id ?? 0, installationId });
  s.rooms = [
    held('acme/soc-private', acme.repositoryIds['soc-private'], acme.installationId),
    held('acme-labs/soc', other.repositoryIds.soc, other.installationId),
  ];
  return s;
}

/** An attack on a host, from an address that all of them share. */
export function attackOn(host: string, more: object = {}): object {
  return attack(7, { host, ...more });
}
