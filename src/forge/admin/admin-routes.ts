import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import { sameSecret } from '../../domain/same-secret.ts';
import { FaultRule, type Faults } from '../faults.ts';
import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';
import { refusalResponse, reply } from '../rest/rest-app.ts';
import { addAlertStageRoutes } from './alert-stage-routes.ts';
import { addStageRoutes } from './stage-routes.ts';
import { addSupplyRoutes } from './supply-routes.ts';

export type AdminApp = Hono<{ Bindings: HttpBindings }>;

const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];
const FaultsBody = z.strictObject({ seed: z.int().default(1), rules: z.array(FaultRule) });

/** What tests and demos do to the forge that GitHub has no REST for. Loopback, no browser, with the admin token. */
export function adminRoutes(forge: ForgeState, faults: Faults, token: string): AdminApp {
  const admin: AdminApp = new Hono();
  admin.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(error);
    if (error instanceof z.ZodError) return refusalResponse(new Refusal(422, z.prettifyError(error)));
    if (error instanceof SyntaxError) return refusalResponse(new Refusal(400, 'Problems parsing JSON'));
    throw error;
  });
  const { origin, scale } = forge.clock;
  admin.get('/_admin/clock', () => reply({ origin, scale, now: forge.clock.now() }));
  admin.use('/_admin/*', async (c, next) => {
    // A page that a browser opened elsewhere always says so.
    if (c.req.header('origin') !== undefined) throw new Refusal(403, 'Not from a browser.');
    if (!LOOPBACK.includes(c.env.incoming.socket.remoteAddress ?? '')) throw new Refusal(403, 'Loopback only.');
    if (!sameSecret(c.req.header('authorization') ?? '', `Bearer ${token}`)) throw new Refusal(401, 'Bad credentials');
    await next();
  });
  admin.get('/_admin/log', (c) => {
    const since = Number(c.req.query('since') ?? 0);
    return reply(forge.store.all('write').filter((write) => write.at >= since));
  });
  admin.get('/_admin/faults', () => reply({ rules: faults.report() }));
  admin.post('/_admin/faults', async (c) => {
    const { rules, seed } = FaultsBody.parse(await c.req.json());
    faults.set(rules, seed);
    return reply({ rules: faults.report() });
  });
  addStageRoutes(admin, forge);
  addAlertStageRoutes(admin, forge);
  addSupplyRoutes(admin, forge);
  return admin;
}
