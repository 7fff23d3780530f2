import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { RestEnv } from './rest-app.ts';

/** Gives every successful GET an ETag, and 304 without a body to who has it already. */
export function conditional(): MiddlewareHandler<RestEnv> {
  return async (c, next) => {
    await next();
    if (c.req.method !== 'GET' || c.res.status !== 200) return;
    const body = await c.res.clone().arrayBuffer();
    const etag = `W/"${createHash('sha256').update(new Uint8Array(body)).digest('hex')}"`;
    const known = (c.req.header('if-none-match') ?? '').split(',').map((one) => weak(one.trim()));
    const headers = new Headers(c.res.headers);
    headers.set('etag', etag);
    c.res = known.includes(etag) ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
  };
}

function weak(etag: string): string {
  return etag.startsWith('W/') ? etag : `W/${etag}`;
}
