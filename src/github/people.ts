import { z } from 'zod';
import { ForgeError } from '../ports/forge.ts';
import type { Client } from './client.ts';
import type { Installations } from './installations.ts';
import type { Repositories } from './repository.ts';
import type { Target } from './target.ts';

const permissionShape = z.looseObject({ permission: z.string(), role_name: z.string().nullish() });
const membershipShape = z.looseObject({ state: z.string() });

/** `role_name` tells triage from read and maintain from write; `permission` does not, and is only the fallback. */
export async function roleOf(from: Target, login: string): Promise<string> {
  try {
    const answer = await from.client.read(permissionShape, (octokit, headers) =>
      octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', {
        ...from.params,
        username: login,
        headers,
      }),
    );
    return answer.role_name || answer.permission;
  } catch (error) {
    if (error instanceof ForgeError && error.reason === 'not-found') return 'none';
    throw error;
  }
}

/**
 * GitHub answers 404 both for "not a member" and for "this team cannot be read". They are told apart by reading the
 * team itself, because a refusal for the wrong reason sends people looking in the wrong place.
 */
export async function isTeamMember(client: Client, team: string, login: string): Promise<boolean> {
  const [org = '', slug = ''] = team.split('/');
  try {
    const answer = await client.read(membershipShape, (octokit, headers) =>
      octokit.request('GET /orgs/{org}/teams/{team_slug}/memberships/{username}', {
        org,
        team_slug: slug,
        username: login,
        headers,
      }),
    );
    return answer.state === 'active';
  } catch (error) {
    if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
    await client.read(z.looseObject({}), (octokit, headers) =>
      octokit.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: slug, headers }),
    );
    return false;
  }
}

/** A team belongs to an organisation, so it is read by that organisation's installation. */
export async function clientForOwner(
  installations: Installations,
  repositories: Repositories,
  owner: string,
): Promise<Client> {
  const known = repositories.installationOfOwner(owner);
  if (known !== undefined) return installations.client(known);
  const found = (await installations.accounts()).find(({ login }) => login.toLowerCase() === owner.toLowerCase());
  if (found) return installations.client(found.installation);
  throw new ForgeError('not-found', `The app is not installed in ${owner}, so its teams cannot be read.`);
}
