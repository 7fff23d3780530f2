import { z } from 'zod';
import type { ForgeState } from '../forge-state.ts';
import { accountById, repositoryByName } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import { reply } from '../rest/rest-app.ts';
import type { Repository } from '../state/entities.ts';
import { recordEvent } from '../webhooks/emit.ts';
import type { AdminApp } from './admin-routes.ts';

const Dependencies = z.strictObject({
  repository: z.string(),
  packages: z.array(z.strictObject({ purl: z.string(), version: z.string(), direct: z.boolean().default(true) })),
});
const Run = z.strictObject({
  repository: z.string(),
  path: z.string().default('.github/workflows/build.yml'),
  branch: z.string().default('main'),
  /** ISO; now when not given. */
  at: z.string().optional(),
});
const Advisory = z.strictObject({
  action: z.enum(['published', 'updated', 'withdrawn']),
  advisory: z.record(z.string(), z.unknown()),
});

const OwnAdvisory = z.strictObject({
  repository: z.string(),
  ghsa: z.string(),
  /** What differs from an open report, in GitHub's names. */
  fields: z.record(z.string(), z.unknown()).default({}),
});

/** What GitHub finds out by itself: what repositories depend on, what ran in them, and what the world is told. */
export function addSupplyRoutes(admin: AdminApp, forge: ForgeState): void {
  admin.post('/_admin/dependencies', async (c) => {
    const { repository, packages } = Dependencies.parse(await c.req.json());
    forge.store.put('dependencyGraph', { repoId: repositoryAt(forge, repository).id, packages });
    return reply({});
  });
  admin.post('/_admin/workflow-runs', async (c) => {
    const { repository, path, branch, at } = Run.parse(await c.req.json());
    const repo = repositoryAt(forge, repository);
    const number = forge.store.groupSize('workflowRun', repo.id) + 1;
    const id = forge.store.newId();
    const createdAt = at ?? forge.clock.stamp();
    const about = { name: path.split('/').at(-1) ?? path, path, branch, headSha: id.toString(16).padStart(40, '0') };
    return reply(forge.store.put('workflowRun', { id, repoId: repo.id, number, ...about, createdAt }), 201);
  });
  admin.post('/_admin/own-advisories', async (c) => {
    const { repository, ghsa, fields } = OwnAdvisory.parse(await c.req.json());
    const repoId = repositoryAt(forge, repository).id;
    return reply(forge.store.put('ownAdvisory', { repoId, ghsa, createdAt: forge.clock.stamp(), fields }), 201);
  });
  admin.post('/_admin/advisories', async (c) => {
    const { action, advisory } = Advisory.parse(await c.req.json());
    forge.store.transact(() => {
      for (const installation of forge.store.all('installation')) {
        if (!installation.events.includes('security_advisory')) continue;
        const sender = accountById(forge, installation.accountId);
        const body = { security_advisory: advisory };
        recordEvent(forge, installation, { event: 'security_advisory', action, repoId: null, sender, body });
      }
    });
    return reply({}, 202);
  });
}

function repositoryAt(forge: ForgeState, fullName: string): Repository {
  const [owner = '', name = ''] = fullName.split('/');
  const found = repositoryByName(forge, owner, name);
  if (!found) throw notFound();
  return found;
}
