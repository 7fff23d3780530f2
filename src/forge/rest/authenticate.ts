import { randomBytes } from 'node:crypto';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountById, appById } from '../lookups.ts';
import { Refusal } from '../refusal.ts';
import type { AccessToken, Installation, Permissions } from '../state/entities.ts';
import { verifyAppJwt } from './verify-app-jwt.ts';

/** An installation token lives one hour (docs.github.com, "Generating an installation access token"). */
const TOKEN_LIFE_MS = 3_600_000;

/**
 * Who sent this `Authorization` header. Credentials live by the wall clock, not the forge's: Octokit keeps and renews
 * them by the wall clock too.
 */
export function authenticate(forge: ForgeState, header: string | undefined): Actor {
  if (header === undefined) throw new Refusal(401, 'Requires authentication');
  const credential = /^(?:bearer|token)\s+(\S+)$/i.exec(header)?.[1];
  if (credential === undefined) throw badCredentials();
  if (credential.split('.').length === 3) return { kind: 'app', app: verifyAppJwt(forge, credential) };
  const token = forge.store.get('token', credential);
  if (!token || (token.expiresAt !== null && token.expiresAt <= Date.now())) throw badCredentials();
  return actorOf(forge, token);
}

function actorOf(forge: ForgeState, token: AccessToken): Actor {
  if (token.userId !== null) return { kind: 'user', user: accountById(forge, token.userId) };
  const installation = forge.store.get('installation', token.installationId ?? 0);
  if (!installation) throw badCredentials();
  return {
    kind: 'installation',
    app: appById(forge, installation.appId),
    installation,
    repositoryIds: installation.repositoryIds.filter((id) => token.repositoryIds?.includes(id) ?? true),
    permissions: token.permissions ?? installation.permissions,
  };
}

function badCredentials(): Refusal {
  return new Refusal(401, 'Bad credentials');
}

/** Issues an installation token, narrowed to the repositories and permissions asked for; forgets expired ones. */
export function issueToken(
  forge: ForgeState,
  installation: Installation,
  scope: { repositoryIds: number[] | null; permissions: Permissions | null },
): AccessToken {
  const now = Date.now();
  for (const old of forge.store.all('token')) {
    if (old.expiresAt !== null && old.expiresAt <= now) forge.store.remove('token', old.token);
  }
  const token = `ghs_${randomBytes(27).toString('base64url').replace(/[-_]/g, '0')}`;
  const expiresAt = now + TOKEN_LIFE_MS;
  return forge.store.put('token', { token, userId: null, installationId: installation.id, expiresAt, ...scope });
}
