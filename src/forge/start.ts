import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type HttpBindings, type ServerType, serve } from '@hono/node-server';
import { YaguraError } from '../domain/error.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { adminToken } from './admin/admin-token.ts';
import { openClock } from './clock.ts';
import { type Faults, newFaults } from './faults.ts';
import type { ForgeState } from './forge-state.ts';
import { isLocalHost } from './host-guard.ts';
import { type Limits, limitsOf } from './limits.ts';
import { forgetOldWrites } from './rest/forget-writes.ts';
import { restRoutes } from './rest/rest-routes.ts';
import { siteRoutes } from './site.ts';
import { lockDataDir } from './state/data-dir-lock.ts';
import { EntityStore } from './state/entity-store.ts';
import { Courier } from './webhooks/courier.ts';

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
  /** Bearer token of `/_admin/`. */
  adminToken: string;
  faults: Faults;
  courier: Courier;
  stop(): Promise<void>;
}

/** First path segments that are REST without its `/api/v3`, and GraphQL's path. */
const REST_PATH =
  /^\/(api\/v3|api\/graphql|graphql|app|app-manifests|installation|user|users|repos|repositories|orgs|rate_limit)(\/|$)/;

/** Starts the embedded GitHub-compatible server on loopback. */
export async function startForge(options: ForgeOptions): Promise<RunningForge> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 });
  const unlock = await lockDataDir(options.dataDir);
  let answer: Answer = () => new Response('Starting\n', { status: 503 });
  // The port comes first: when it is taken, nothing of the state has been touched.
  const { server, port } = await listen((request, bindings) => answer(request, bindings), options).catch(
    async (error) => {
      await unlock();
      throw error;
    },
  );
  const shut = async () => {
    await close(server);
    await unlock();
  };
  try {
    const { running, answer: ready } = open(options, port, shut);
    answer = ready;
    return running;
  } catch (error) {
    await shut();
    throw error;
  }
}

function open(
  options: ForgeOptions,
  port: number,
  shut: () => Promise<void>,
): { running: RunningForge; answer: Answer } {
  const url = `http://localhost:${port}`;
  const apiUrl = `${url}/api/v3`;
  const clock = openClock(options.dataDir, options.timeScale);
  const store = new EntityStore(options.dataDir);
  const state: ForgeState = { store, clock, limits: limitsOf(options.limits), url, apiUrl, send: () => {} };
  forgetOldWrites(state);
  const faults = newFaults();
  const token = adminToken(options.dataDir);
  const courier = new Courier(state, faults);
  const stop = async () => {
    await courier.stop();
    await shut();
    store.close();
  };
  const running = { url, apiUrl, adminToken: token, state, faults, courier, stop };
  return { running, answer: answerOf(state, faults, token, port) };
}

type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

/** One door for REST, admin and pages: only this machine's own names are let in. */
function answerOf(state: ForgeState, faults: Faults, token: string, port: number): Answer {
  const rest = restRoutes(state, faults);
  const admin = adminRoutes(state, faults, token);
  const site = siteRoutes(state);
  return async (request, bindings) => {
    if (!isLocalHost(request.headers.get('host'), port)) return new Response('Misdirected Request\n', { status: 421 });
    const { pathname } = new URL(request.url);
    const app = REST_PATH.test(pathname) ? rest : pathname.startsWith('/_admin/') ? admin : site;
    const response = await app.fetch(request, bindings);
    response.headers.set('x-yagura-forge', '1');
    response.headers.set('x-github-request-id', randomUUID());
    return response;
  };
}

function listen(answer: Answer, options: ForgeOptions): Promise<{ server: ServerType; port: number }> {
  const { port, host: hostname = '127.0.0.1' } = options;
  const fetch = (request: Request, bindings: unknown) => answer(request, bindings as HttpBindings);
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
