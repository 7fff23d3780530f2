import type { MiddlewareHandler } from 'hono';
import { actorName } from '../actor.ts';
import type { Faults } from '../faults.ts';
import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';
import { authenticate } from './authenticate.ts';
import { type Meter, secondary } from './meter.ts';
import { type RestEnv, refusalResponse } from './rest-app.ts';

/** What GitHub counts as creating content: it wakes people. */
const CREATES = /^\/repos\/[^/]+\/[^/]+\/(issues|pulls|issues\/\d+\/comments)$/;
/** How long an injected secondary limit asks to wait; GitHub's usual minute. */
const FAULT_WAIT_MS = 60_000;

/** What every REST request passes: who is it, may it go on by its budget, does a fault strike, and the write log. */
export function admission(forge: ForgeState, meter: Meter, faults: Faults): MiddlewareHandler<RestEnv> {
  return async (c, next) => {
    const actor = authenticate(forge, c.req.header('authorization'));
    c.set('forge', forge);
    c.set('actor', actor);
    const { method, path } = c.req;
    // GraphQL has a budget of its own.
    const resource = path === '/graphql' ? 'graphql' : 'core';
    const name = resource === 'core' ? actorName(actor) : `${actorName(actor)} (${resource})`;
    const write = method !== 'GET' && method !== 'HEAD';
    const creates = method === 'POST' && CREATES.test(path);
    const at = forge.clock.now();
    const log = () => {
      // A token is made by a POST but writes nothing a person sees.
      if (!write || path.endsWith('/access_tokens')) return;
      const { status } = c.res;
      forge.store.put('write', { id: forge.store.newId(), at, method, path, status, actor: name, creates });
    };
    try {
      const before = faults.strike(['rest-502', 'secondary-limit'], { method, path });
      if (before?.kind === 'secondary-limit') throw secondary(FAULT_WAIT_MS);
      if (before) throw badGateway();
      if (path !== '/rate_limit') meter.charge({ actor: name, write, creates });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      c.res = refusalResponse(error);
      setHeaders(c.res, meter.headers(name, resource));
      log();
      return;
    }
    await next();
    log();
    if (c.res.status === 304) meter.refund(name);
    const after = faults.strike(['rest-502-after', 'cut-after'], { method, path });
    if (after?.kind === 'cut-after') c.env.incoming.socket.destroy();
    if (after) c.res = refusalResponse(badGateway());
    setHeaders(c.res, meter.headers(name, resource));
  };
}

function badGateway(): Refusal {
  return new Refusal(502, 'Server Error');
}

function setHeaders(response: Response, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
}
