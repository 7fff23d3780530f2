import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { visibleRepository } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { Refusal } from '../refusal.ts';
import type { Repository } from '../state/entities.ts';

/** What REST handlers find in their context: the Node request, the forge and who asks. */
export type RestEnv = { Bindings: HttpBindings; Variables: { forge: ForgeState; actor: Actor } };
export type RestApp = Hono<RestEnv>;
export type RestContext = Context<RestEnv>;

const PREFIX = /^\/api(?:\/v3(?=\/|$)|(?=\/graphql$))/;

/** An empty REST app that answers under `/api/v3`, without it, and under `/repositories/{id}`. */
export function newRestApp(forge: ForgeState): RestApp {
  const rest: RestApp = new Hono<RestEnv>({ getPath: (request) => restPath(forge, new URL(request.url).pathname) });
  rest.notFound(() => refusalResponse(new Refusal(404, 'Not Found')));
  rest.onError((error) => {
    if (error instanceof Refusal) return refusalResponse(error);
    console.error('forge:', error);
    return refusalResponse(new Refusal(500, 'The forge failed; its log says why.'));
  });
  return rest;
}

function restPath(forge: ForgeState, pathname: string): string {
  const path = pathname.replace(PREFIX, '') || '/';
  const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  const repo = byId?.[1] === undefined ? undefined : forge.store.get('repository', byId[1]);
  return repo ? `/repos/${fullName(forge, repo)}${byId?.[2] ?? ''}` : path;
}

/** GitHub's error shape. */
export function refusalResponse(refusal: Refusal): Response {
  const body = {
    message: refusal.message,
    ...(refusal.errors ? { errors: refusal.errors } : {}),
    documentation_url: refusal.page,
    status: String(refusal.status),
  };
  return reply(body, refusal.status, refusal.headers);
}

/** A JSON answer. */
export function reply(value: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const all = { 'content-type': 'application/json; charset=utf-8', ...headers };
  return new Response(JSON.stringify(value), { status, headers: all });
}

/** An answer without a body. */
export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** The forge, the actor and the repository named in the path, if the actor may see it. */
export function scene(c: RestContext): { forge: ForgeState; actor: Actor; repo: Repository } {
  const forge = c.get('forge');
  const actor = c.get('actor');
  return { forge, actor, repo: visibleRepository(forge, actor, c.req.param('owner') ?? '', c.req.param('repo') ?? '') };
}
