import type { MiddlewareHandler } from 'hono';

/**
 * Pages run two scripts of ours and load nothing foreign. Nothing is allowed inline: Mermaid, which needs inline
 * styles and reads alert text, runs in a sandboxed frame of its own and hands back a picture (hence `data:`).
 * `formTarget`: an origin that a form's answer may lead on to.
 */
export function pagePolicy(formTarget = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    `form-action 'self' ${formTarget}`.trim(),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The frame has no origin: no cookies, no forms, no way to reach the page but the messages the page expects. */
export const DIAGRAM_POLICY = [
  'sandbox allow-scripts',
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
].join('; ');

/** Files as they are: nothing in them may run. */
export const RAW_POLICY = "sandbox; default-src 'none'";

/** Sets what every answer of the pages carries; a route may have set its own policy. */
export function securityHeaders(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', pagePolicy());
    headers.set('x-content-type-options', 'nosniff');
    // Not `no-referrer`: with it browsers send `Origin: null` and posts could not be told from foreign ones.
    headers.set('referrer-policy', 'same-origin');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}
