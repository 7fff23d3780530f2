import { z } from 'zod';
import type { ForgeState } from '../forge-state.ts';
import { accountByLogin, repositoryByName } from '../lookups.ts';
import { putAlert } from '../operations/alerts.ts';
import { notFound } from '../refusal.ts';
import { reply } from '../rest/rest-app.ts';
import { SCANNERS } from '../state/entities.ts';
import { alertView } from '../views/alert-view.ts';
import type { AdminApp } from './admin-routes.ts';

const Scene = z.strictObject({
  /** `owner/name`. */
  repository: z.string(),
  /** Login of the person who does it. */
  as: z.string().default('ken'),
});
const Alert = Scene.extend({
  scanner: z.enum(SCANNERS),
  number: z.int().optional(),
  alert: z.record(z.string(), z.unknown()).default({}),
  action: z.string().optional(),
  ref: z.string().optional(),
  tell: z.boolean().default(true),
});
const Switch = Scene.extend({ scanner: z.enum(SCANNERS), on: z.boolean() });

/** What GitHub's scanners find, and whether they are on. */
export function addAlertStageRoutes(admin: AdminApp, forge: ForgeState): void {
  admin.post('/_admin/alerts', async (c) => {
    const input = Alert.parse(await c.req.json());
    const { repo, user } = sceneOf(forge, input);
    const alert = forge.store.transact(() => putAlert(forge, user, repo, input));
    return reply(alertView(forge, alert), 201);
  });
  admin.post('/_admin/scanners', async (c) => {
    const input = Switch.parse(await c.req.json());
    const { repo } = sceneOf(forge, input);
    const { scanner } = input;
    if (input.on) forge.store.remove('scannerOff', `${repo.id}:${scanner}`);
    else forge.store.put('scannerOff', { repoId: repo.id, scanner });
    return reply({});
  });
}

function sceneOf(forge: ForgeState, input: z.infer<typeof Scene>) {
  const [owner = '', name = ''] = input.repository.split('/');
  const repo = repositoryByName(forge, owner, name);
  const user = accountByLogin(forge, input.as);
  if (!repo || !user) throw notFound();
  return { repo, user };
}
