import { verify } from 'node:crypto';
import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';
import type { App } from '../state/entities.ts';

/** GitHub refuses an expiry more than ten minutes ahead; a minute of drift is let pass. Seconds. */
const LONGEST_LIFE = 600;
const DRIFT = 60;

/** The app a JWT speaks for: RS256 by its key, `iss` its id or client id, `iat` and `exp` by the wall clock. */
export function verifyAppJwt(forge: ForgeState, jwt: string): App {
  const [head = '', body = '', signature = ''] = jwt.split('.');
  const header = decode(head);
  const claims = decode(body);
  const issuer = String(claims.iss);
  const app = forge.store.all('app').find((one) => String(one.id) === issuer || one.clientId === issuer);
  if (!app || header.alg !== 'RS256') throw new Refusal(401, 'A JSON web token could not be decoded');
  const genuine = verify('sha256', Buffer.from(`${head}.${body}`), app.publicKey, Buffer.from(signature, 'base64url'));
  if (!genuine) throw new Refusal(401, 'A JSON web token could not be decoded');
  const now = Math.floor(Date.now() / 1000);
  // Octokit recognises a clock that is off by these two sentences and corrects itself by our Date header.
  if (typeof claims.exp !== 'number' || claims.exp <= now) {
    const sentence = "'Expiration time' claim ('exp') must be a numeric value representing the future time";
    throw new Refusal(401, `${sentence} at which the assertion expires`);
  }
  if (claims.exp > now + LONGEST_LIFE + DRIFT) {
    throw new Refusal(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof claims.iat !== 'number' || claims.iat > now + DRIFT) {
    const sentence = "'Issued at' claim ('iat') must be an Integer representing the time";
    throw new Refusal(401, `${sentence} that the assertion was issued`);
  }
  return app;
}

function decode(part: string): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new Refusal(401, 'A JSON web token could not be decoded');
  }
}
