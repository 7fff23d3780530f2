import { mkdirSync } from 'node:fs';
import { type HttpBindings, type ServerType, serve } from '@hono/node-server';
import { YaguraError } from '../domain/error.ts';
import { openClock } from './clock.ts';
import type { ForgeState } from './forge-state.ts';
import { isLocalHost } from './host-guard.ts';
import { type Limits, limitsOf } from './limits.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { siteRoutes } from './site.ts';
import { EntityStore } from './state/entity-store.ts';
import { type Courier, startCourier } from './webhooks/courier.ts';

export interface ForgeOptions {
  /** Folder of the forge's state; made if missing. */
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  host?: '127.0.0.1';
  /** GitHub's limits: on unless `false`, or on with some numbers changed. */
  limits?: boolean | Partial<Limits>;
  /** How many times faster than real time the forge's clock runs; kept in `dataDir`. */
  timeScale?: number;
}

export interface RunningForge {
  url: string;
  apiUrl: string;
  /** State for pages, seeding and tests; REST never passes through it unseen. */
  state: ForgeState;
  courier: Courier;
  stop(): Promise<void>;
}

/** First path segments that are REST without its `/api/v3`. */
const REST_PATH = /^\/(api\/v3|app|installation|user|users|repos|repositories|orgs|rate_limit)(\/|$)/;

/** Starts the embedded GitHub-compatible server on loopback. */
export async function startForge(options: ForgeOptions): Promise<RunningForge> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const store = new EntityStore(options.dataDir);
  const clock = openClock(options.dataDir, options.timeScale);
  const state: ForgeState = { store, clock, limits: limitsOf(options.limits), url: '', apiUrl: '', send: () => {} };
  const rest = restRoutes(state);
  const site = siteRoutes(state);
  let port = options.port;
  const answer = async (request: Request, bindings: unknown): Promise<Response> => {
    if (!isLocalHost(request.headers.get('host'), port)) return new Response('Misdirected Request\n', { status: 421 });
    const app = REST_PATH.test(new URL(request.url).pathname) ? rest : site;
    const response = await app.fetch(request, bindings as HttpBindings);
    response.headers.set('x-yagura-forge', '1');
    return response;
  };
  const { server, port: taken } = await listen(answer, options.host ?? '127.0.0.1', options.port);
  port = taken;
  state.url = `http://localhost:${port}`;
  state.apiUrl = `${state.url}/api/v3`;
  const courier = startCourier(state);
  const stop = async () => {
    await close(server);
    await courier.stop();
    store.close();
  };
  return { url: state.url, apiUrl: state.apiUrl, state, courier, stop };
}

function listen(
  fetch: (request: Request, bindings: unknown) => Promise<Response>,
  hostname: string,
  port: number,
): Promise<{ server: ServerType; port: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port }, (info) => resolve({ server, port: info.port }));
    server.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') return reject(cause);
      const hint = 'Stop what uses it or choose another with YAGURA_FORGE_PORT.';
      reject(new YaguraError('port-in-use', `Port ${port} for the forge is in use.`, { hint, cause }));
    });
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}
