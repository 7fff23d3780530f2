import { demand, READ, roleOf } from '../access.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountByLogin, teamBySlug } from '../lookups.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Account, Role } from '../state/entities.ts';
import { accountView, profileView, teamView } from '../views/account-view.ts';
import { permissionsOf } from '../views/repository-view.ts';
import { noContent, type RestApp, type RestContext, reply, scene } from './rest-app.ts';

/** `permission` knows four words; `role_name` is the one to authorise on. */
const PERMISSION_OF: Record<Role, string> = {
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
};

/** People and what they may: users, repository permission, team and organisation membership. */
export function addPeopleRoutes(rest: RestApp): void {
  rest.get('/user', (c) => {
    const actor = c.get('actor');
    if (actor.kind !== 'user') throw new Refusal(403, 'Resource not accessible by integration');
    return reply(profileView(c.get('forge'), actor.user));
  });
  rest.get('/users/:login', (c) => reply(profileView(c.get('forge'), accountIn(c, 'login'))));
  rest.get('/repos/:owner/:repo/collaborators/:login/permission', permission);
  rest.get('/orgs/:org/teams/:slug', getTeam);
  rest.get('/orgs/:org/teams/:slug/memberships/:login', teamMembership);
  rest.get('/orgs/:org/members/:login', (c) => {
    const forge = c.get('forge');
    const member = forge.store.get('orgMember', `${orgIn(c).id}:${accountIn(c, 'login').id}`);
    if (!member) throw notFound();
    return noContent();
  });
}

function permission(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('metadata'));
  const user = accountIn(c, 'login');
  const role = user.type === 'Organization' ? null : roleOf(forge, repo, user);
  const permissions = permissionsOf(role);
  const roleName = role ?? '';
  const view = { ...accountView(forge, user), permissions, role_name: roleName };
  return reply({ permission: role ? PERMISSION_OF[role] : 'none', role_name: roleName, user: view });
}

function getTeam(c: RestContext): Response {
  const forge = c.get('forge');
  const org = orgIn(c);
  const team = teamBySlug(forge, org.id, c.req.param('slug') ?? '');
  if (!team) throw notFound();
  return reply(teamView(forge, org, team));
}

function teamMembership(c: RestContext): Response {
  const forge = c.get('forge');
  const org = orgIn(c);
  const team = teamBySlug(forge, org.id, c.req.param('slug') ?? '');
  const user = accountIn(c, 'login');
  if (!team?.memberIds.includes(user.id)) throw notFound();
  const url = `${forge.apiUrl}/organizations/${org.id}/team/${team.id}/memberships/${user.login}`;
  return reply({ url, role: 'member', state: 'active' });
}

/** The organisation in the path, if the actor belongs there: a member, or an app that may read members. */
function orgIn(c: RestContext): Account {
  const forge = c.get('forge');
  const org = accountIn(c, 'org');
  if (org.type !== 'Organization' || !mayReadMembers(forge, c.get('actor'), org)) throw notFound();
  return org;
}

function mayReadMembers(forge: ForgeState, actor: ReturnType<typeof scene>['actor'], org: Account): boolean {
  if (actor.kind === 'user') return forge.store.get('orgMember', `${org.id}:${actor.user.id}`) !== undefined;
  return actor.kind === 'installation' && actor.installation.accountId === org.id && 'members' in actor.permissions;
}

function accountIn(c: RestContext, parameter: string): Account {
  const account = accountByLogin(c.get('forge'), c.req.param(parameter) ?? '');
  if (!account) throw notFound();
  return account;
}
