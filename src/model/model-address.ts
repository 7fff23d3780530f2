import { addressRange } from '../domain/address.ts';

/** Where the Messages API is when nothing else is set. */
export const PUBLIC_MODEL_URL = 'https://api.anthropic.com';

/** Ranges of addresses that are not of the public internet. */
const near = ['loopback', 'private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat'];

/** The address without its trailing slash, or why it is refused: alerts and the key are not sent in plain text far away. */
export function readModelAddress(text: string): { url: string } | { refused: string } {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { refused: 'it is not an http(s) address' };
  if (url.username || url.password) return { refused: 'it must not carry a user name or password' };
  if (url.search || url.hash) return { refused: 'it must not carry a query or a fragment' };
  if (url.protocol === 'http:' && !isNear(url.hostname)) {
    return { refused: 'plain http is allowed within your own network only' };
  }
  const path = url.pathname.replace(/\/+$/, '');
  if (/\/v1(\/messages)?$/.test(path)) return { refused: 'leave out /v1, which is added' };
  return { url: `${url.origin}${path}` };
}

/** Loopback, a private address, or a name that the internet does not have, as in a compose file. */
function isNear(hostname: string): boolean {
  const range = addressRange(hostname.replace(/^\[|\]$/g, ''));
  if (range !== undefined) return near.includes(range);
  return !hostname.includes('.') || /\.(internal|local|lan|home\.arpa)$/.test(hostname);
}
