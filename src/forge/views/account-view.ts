import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { nodeId } from '../node-id.ts';
import type { Account, Team } from '../state/entities.ts';

export type SimpleUser = RestEndpointMethodTypes['issues']['listAssignees']['response']['data'][number];
type PublicUser = RestEndpointMethodTypes['users']['getByUsername']['response']['data'];

const PREFIX = { User: 'U', Bot: 'BOT', Organization: 'O' } as const;

/** GitHub's `simple-user`. */
export function accountView(forge: ForgeState, account: Account): SimpleUser {
  const url = `${forge.apiUrl}/users/${encodeURIComponent(account.login)}`;
  const bot = account.type === 'Bot';
  const page = bot ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId(PREFIX[account.type], account.id),
    avatar_url: `${forge.url}/avatars/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${forge.url}/${page}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** GitHub's `public-user`. */
export function profileView(forge: ForgeState, account: Account): PublicUser {
  return {
    ...accountView(forge, account),
    name: account.name,
    company: null,
    blog: null,
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  } as PublicUser;
}

/** GitHub's `team-full`. */
export function teamView(forge: ForgeState, org: Account, team: Team) {
  const url = `${forge.apiUrl}/organizations/${org.id}/team/${team.id}`;
  const orgUrl = `${forge.apiUrl}/orgs/${org.login}`;
  return {
    id: team.id,
    node_id: nodeId('T', team.id),
    url,
    html_url: `${forge.url}/orgs/${org.login}/teams/${team.slug}`,
    name: team.name,
    slug: team.slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    type: 'organization',
    organization_id: org.id,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    parent: null,
    members_count: team.memberIds.length,
    repos_count: 0,
    created_at: org.createdAt,
    updated_at: org.createdAt,
    organization: {
      ...accountView(forge, org),
      name: org.name,
      description: null,
      hooks_url: `${orgUrl}/hooks`,
      issues_url: `${orgUrl}/issues`,
      members_url: `${orgUrl}/members{/member}`,
      public_members_url: `${orgUrl}/public_members{/member}`,
      repos_url: `${orgUrl}/repos`,
      events_url: `${orgUrl}/events`,
      has_organization_projects: false,
      has_repository_projects: false,
      public_repos: 0,
      public_gists: 0,
      followers: 0,
      following: 0,
      created_at: org.createdAt,
      updated_at: org.createdAt,
      archived_at: null,
    },
  };
}
