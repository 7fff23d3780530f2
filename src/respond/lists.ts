import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../domain/canonical.ts';
import { sameSecret } from '../domain/same-secret.ts';
import type { Task } from '../domain/task.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import { whyNotBlockable } from './blockable.ts';
import { type ListKind, listFile, listKinds, listLines } from './connectors/blocklist/list-file.ts';

export interface ListDeps {
  policy: PolicySource;
  clock: Clock;
  /** Opens every list. */
  token: string;
  /** Tasks that hold something on a resource now, from our own records: a pull works while GitHub is down. */
  holding(resource: string): Promise<Pick<Task, 'target' | 'expiresAt'>[]>;
}

export interface ListRequest {
  method: string;
  /** Path and query. */
  url: string;
  authorization?: string | undefined;
  ifNoneMatch?: string | undefined;
}

export interface ListAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const route = /^\/lists\/([a-z0-9-]{1,63})\.txt$/;

/**
 * `GET /lists/<name>.txt`: what a firewall pulls as an external dynamic list or threat feed. The token comes as bearer,
 * as the password of basic authentication with any user name (PAN-OS, FortiGate), or as `?token=` where a product can
 * do neither (it ends up in that product's logs). Firewalls take one type a list: `?type=ip`, `ip4`, `ip6` or `domain`
 * serves the bare lines of that type, without a comment. An unknown list and a failure are errors, never an empty list,
 * which would lift every block: firewalls keep what they have then.
 */
async function serveList(request: ListRequest, deps: ListDeps): Promise<ListAnswer> {
  const url = new URL(request.url, 'http://localhost');
  if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Get it.', { allow: 'GET, HEAD' });
  if (!sameSecret(secretOf(request, url), deps.token)) {
    return plain(401, 'The token is wrong or missing.', { 'www-authenticate': 'Basic realm="Yagura lists"' });
  }
  const type = url.searchParams.get('type');
  if (type !== null && !isListKind(type)) return plain(400, `The type is one of ${listKinds.join(', ')}.`);
  const name = route.exec(url.pathname)?.[1];
  const resources = deps.policy
    .current()
    .resources.filter((one) => one.connector === 'blocklist' && one.settings.list === name);
  if (name === undefined || resources.length === 0) return plain(404, 'There is no such list.');
  const body = await bodyOf(
    name,
    resources.map(({ id }) => id),
    type ?? undefined,
    deps,
  );
  const etag = `"${sha256(body)}"`;
  const headers = { 'content-type': 'text/plain; charset=utf-8', etag, 'cache-control': 'private, no-cache' };
  return hasTag(request.ifNoneMatch, etag)
    ? { status: 304, headers: { etag, 'cache-control': headers['cache-control'] }, body: '' }
    : { status: 200, headers, body };
}

/** The same as a handler of `node:http`; when our records cannot be read it answers 503. */
export function createListHandler(deps: ListDeps): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  return async (req, res) => {
    const { authorization, 'if-none-match': ifNoneMatch } = req.headers;
    const request = { method: req.method ?? 'GET', url: req.url ?? '/', authorization, ifNoneMatch };
    const answer = await serveList(request, deps).catch(() =>
      plain(503, 'The list cannot be read now; keep what you have.', { 'retry-after': '60' }),
    );
    const body = Buffer.from(answer.body);
    const length = answer.status === 304 ? {} : { 'content-length': body.length };
    res.writeHead(answer.status, { ...answer.headers, ...length });
    res.end(request.method === 'HEAD' ? undefined : body);
  };
}

async function bodyOf(
  name: string,
  resources: string[],
  type: ListKind | undefined,
  { holding, clock }: ListDeps,
): Promise<string> {
  const held = (await Promise.all(resources.map(holding))).flat();
  const now = clock.now();
  const targets = held
    .filter(({ target, expiresAt }) => {
      const live = expiresAt === undefined || expiresAt > now;
      return live && whyNotBlockable(target, ['ip', 'domain']) === undefined;
    })
    .map(({ target }) => target);
  const lines = listLines(targets, type);
  return type === undefined ? listFile(name, lines) : lines.map((line) => `${line}\n`).join('');
}

function secretOf({ authorization = '' }: ListRequest, url: URL): string {
  const [, scheme = '', value = ''] = /^(bearer|basic)\s+(\S+)\s*$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme !== '')
    return Buffer.from(value, 'base64')
      .toString('utf8')
      .replace(/^[^:]*:/, '');
  return url.searchParams.get('token') ?? '';
}

/** Whether the client has that version; `*` and weak tags count, as RFC 9110 section 13.1.2 has it. */
function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function isListKind(text: string): text is ListKind {
  return (listKinds as readonly string[]).includes(text);
}

function plain(status: number, sentence: string, headers: Record<string, string> = {}): ListAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${sentence}\n`,
  };
}
