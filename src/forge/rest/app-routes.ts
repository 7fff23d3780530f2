import { z } from 'zod';
import { stampOf } from '../clock.ts';
import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { invalidField, notFound, Refusal } from '../refusal.ts';
import type { Installation, Permissions, Repository } from '../state/entities.ts';
import { appView, installationView } from '../views/app-view.ts';
import { repositoryView } from '../views/repository-view.ts';
import { issueToken } from './authenticate.ts';
import { paginate } from './paginate.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply } from './rest-app.ts';

const TokenBody = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
});

/** The app as itself, its installations, their tokens and repositories. */
export function addAppRoutes(rest: RestApp): void {
  rest.get('/app', (c) => reply(appView(c.get('forge'), appOf(c))));
  rest.get('/app/installations', (c) => {
    const { page, headers } = paginate(c, installationsOf(c));
    return reply(
      page.map((one) => installationView(c.get('forge'), one)),
      200,
      headers,
    );
  });
  rest.get('/app/installations/:id{[0-9]+}', (c) => {
    const id = Number(c.req.param('id'));
    return reply(
      installationView(
        c.get('forge'),
        installationWhere(c, (one) => one.id === id),
      ),
    );
  });
  rest.get('/repos/:owner/:repo/installation', (c) => {
    const covers = (one: Installation) =>
      repositoriesOf(c.get('forge'), one.repositoryIds).some((repo) => named(c, repo));
    return reply(installationView(c.get('forge'), installationWhere(c, covers)));
  });
  rest.post('/app/installations/:id{[0-9]+}/access_tokens', giveToken);
  rest.get('/installation/repositories', (c) => {
    const forge = c.get('forge');
    const actor = c.get('actor');
    if (actor.kind !== 'installation')
      throw new Refusal(403, 'You must authenticate with an installation access token');
    const repositories = repositoriesOf(forge, actor.repositoryIds);
    const { page, headers } = paginate(c, repositories);
    const views = page.map((repo) => repositoryView(forge, repo, actor));
    const body = { total_count: repositories.length, repository_selection: 'selected', repositories: views };
    return reply(body, 200, headers);
  });
}

async function giveToken(c: RestContext): Promise<Response> {
  const forge = c.get('forge');
  const id = Number(c.req.param('id'));
  const installation = installationWhere(c, (one) => one.id === id);
  if (installation.suspendedAt !== undefined) throw new Refusal(403, 'This installation has been suspended');
  const asked = await readBody(c, TokenBody);
  const repositoryIds = askedRepositories(forge, installation, asked);
  const permissions = askedPermissions(installation, asked.permissions);
  const token = issueToken(forge, installation, { repositoryIds, permissions });
  const body = {
    token: token.token,
    expires_at: stampOf(token.expiresAt ?? 0),
    permissions: permissions ?? installation.permissions,
    repository_selection: 'selected',
    ...(repositoryIds === null
      ? {}
      : { repositories: repositoriesOf(forge, repositoryIds).map((repo) => repositoryView(forge, repo)) }),
  };
  return reply(body, 201);
}

function askedRepositories(
  forge: ForgeState,
  installation: Installation,
  asked: z.infer<typeof TokenBody>,
): number[] | null {
  if (!asked.repositories && !asked.repository_ids) return null;
  const covered = repositoriesOf(forge, installation.repositoryIds);
  const byName = (asked.repositories ?? []).map((name) => covered.find((repo) => repo.name === name)?.id);
  const byId = (asked.repository_ids ?? []).map((id) => covered.find((repo) => repo.id === id)?.id);
  const ids = [...byName, ...byId].filter((id) => id !== undefined);
  if (ids.length < byName.length + byId.length) {
    throw new Refusal(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return ids;
}

function askedPermissions(installation: Installation, asked: Record<string, string> | undefined): Permissions | null {
  if (!asked) return null;
  for (const [name, level] of Object.entries(asked)) {
    const granted = installation.permissions[name as keyof Permissions];
    if (granted === undefined || (granted === 'read' && level === 'write')) {
      throw invalidField(
        'Installation',
        'permissions',
        'invalid',
        'The permissions requested are not granted to this installation.',
      );
    }
  }
  return { metadata: 'read', ...asked } as Permissions;
}

function appOf(c: RestContext) {
  const actor = c.get('actor');
  if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  return actor.app;
}

function installationsOf(c: RestContext): Installation[] {
  const app = appOf(c);
  return c
    .get('forge')
    .store.all('installation')
    .filter((one) => one.appId === app.id);
}

function installationWhere(c: RestContext, wanted: (one: Installation) => boolean): Installation {
  const installation = installationsOf(c).find(wanted);
  if (!installation) throw notFound();
  return installation;
}

function repositoriesOf(forge: ForgeState, ids: number[]): Repository[] {
  return ids.map((id) => forge.store.get('repository', id)).filter((repo) => repo !== undefined);
}

function named(c: RestContext, repo: Repository): boolean {
  const wanted = `${c.req.param('owner')}/${c.req.param('repo')}`;
  return fullName(c.get('forge'), repo).toLowerCase() === wanted.toLowerCase();
}
