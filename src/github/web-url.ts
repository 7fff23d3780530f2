import type { RepoRef } from '../ports/forge.ts';
import { PUBLIC_API_URL } from './api-url.ts';

/** Address of a repository's pages: of github.com, of a tenant at ghe.com, or of a server whose API is at `/api/v3`. */
export function repositoryUrl(apiUrl: string, { owner, name }: RepoRef): string {
  const api = new URL(apiUrl);
  const own = api.hostname.endsWith('.ghe.com') ? api.hostname.replace(/^api\./, '') : undefined;
  const origin = apiUrl === PUBLIC_API_URL ? 'https://github.com' : own ? `https://${own}` : api.origin;
  const below = own || apiUrl === PUBLIC_API_URL ? '' : api.pathname.replace(/\/(?:api\/v\d+)?\/?$/, '');
  return `${origin}${below}/${owner}/${name}`;
}
