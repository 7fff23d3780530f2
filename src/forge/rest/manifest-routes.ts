import type { ForgeState } from '../forge-state.ts';
import { exchangeCode } from '../operations/apps.ts';
import { notFound } from '../refusal.ts';
import { appView } from '../views/app-view.ts';
import { type RestApp, reply } from './rest-app.ts';

/** The key and secret of an app made from a manifest, for whoever has the code; once, within an hour. */
export function addManifestRoutes(rest: RestApp, forge: ForgeState): void {
  rest.post('/app-manifests/:code/conversions', (c) => {
    const made = forge.store.transact(() => exchangeCode(forge, c.req.param('code')));
    if (!made) throw notFound();
    const { app, privateKey } = made;
    const secrets = { client_secret: '', webhook_secret: app.webhookSecret, pem: privateKey };
    return reply({ ...appView(forge, app), ...secrets }, 201);
  });
}
