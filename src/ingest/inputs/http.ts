import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../../domain/canonical.ts';
import type { IncomingRecord } from '../../domain/record.ts';
import { sameSecret } from '../../domain/same-secret.ts';
import { bodyLimit, decompress } from '../decompress.ts';
import { identityOf } from '../identity.ts';
import type { Inbox } from '../inbox.ts';
import { createMemory } from '../memory.ts';
import { type BodyForm, type Piece, recordsLimit, splitBody } from '../split.ts';
import { answerEarly, readBody } from './read-body.ts';

/** What ingest needs to know of a source. */
export interface IngestSource {
  name: string;
  product: { vendor: string; name: string };
  /** Takes lines of text as records. */
  lines?: true;
  /** The product's own event id. */
  eventId?(record: Record<string, unknown>): string | undefined;
  /** Why a record is none of this source's; undefined when it is. */
  refuse?(record: Record<string, unknown>): string | undefined;
}

export interface HttpIngestOptions {
  sources: ReadonlyMap<string, IngestSource>;
  inbox: Inbox;
  /** The token that opens a source. */
  tokenFor(source: string): string;
  /** Bytes of bodies in memory at once, over all requests; `memoryBound` unless told. */
  memoryBound?: number;
}

const forms: ReadonlyMap<string, BodyForm> = new Map([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['text/plain', 'lines'],
]);

interface RecordError {
  index: number;
  code: string;
  message: string;
}

/**
 * `POST /ingest/<source>` and `GET /ingest`; the answer comes after the records are on disk. With `?backlog=true` the
 * records are alerts that were open before their source was connected.
 */
export function createHttpIngest(
  options: HttpIngestOptions,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const memory = createMemory(options.memoryBound);
  return async (req, res) => {
    const { pathname: path, searchParams } = new URL(req.url ?? '/', 'http://localhost');
    if (path === '/ingest' && req.method === 'GET') return listSources(options, req, res);
    if (req.method !== 'POST') return refuse(res, 405, 'Send records with POST /ingest/<source>.', { allow: 'POST' });
    const source = openSource(options, path.slice('/ingest/'.length), req, res);
    if (!source) return;
    const backlog = searchParams.get('backlog') ?? 'false';
    if (backlog !== 'true' && backlog !== 'false') return refuse(res, 400, 'backlog is true or false.');
    const type = (req.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
    const form = forms.get(type ?? '');
    if (form === undefined || (form === 'lines' && !source.lines))
      return refuse(res, 415, `Send application/json or application/x-ndjson${source.lines ? ' or text/plain' : ''}.`);
    const hold = memory.hold();
    try {
      const body = await readBody(req, hold);
      if (body === 'too-large') return await refuseEarly(req, res, 413, `The body is larger than ${bodyLimit} bytes.`);
      if (body === 'no-room') return await refuseEarly(req, res, 429, 'Too much at once; come back.');
      const plain = await decompress(body, (req.headers['content-encoding'] ?? '').trim().toLowerCase(), hold.take);
      if (!('bytes' in plain)) return refuse(res, plain.status, plain.message, comeBack(plain.status));
      await take(options, source, { body: plain.bytes, form, backlog: backlog === 'true' }, req, res);
    } finally {
      hold.release();
    }
  };
}

/** The source a request names and may send to; undefined when the request has been refused. */
function openSource(
  options: HttpIngestOptions,
  name: string,
  req: IncomingMessage,
  res: ServerResponse,
): IngestSource | undefined {
  const source = options.sources.get(name);
  if (source && authorized(req, options, source.name)) return source;
  const known = openSources(options, req);
  if (source || !known) refuse(res, 401, 'The token is wrong or missing.', { 'www-authenticate': 'Bearer' });
  else
    refuse(res, 404, `There is no source "${name.slice(0, 60)}".`, {}, { sources: known.map((other) => other.name) });
  return undefined;
}

async function take(
  options: HttpIngestOptions,
  source: IngestSource,
  { body, form, backlog }: { body: Buffer; form: BodyForm; backlog: boolean },
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const header = req.headers['idempotency-key'];
  const key = typeof header === 'string' ? header : undefined;
  const pieces = splitBody(body, form);
  if (!pieces) return refuse(res, 413, `The body has more than ${recordsLimit} records.`);
  const taken: (IncomingRecord | RecordError)[] = [];
  const again = form === 'lines' ? new Map<string, number>() : undefined;
  for (const piece of pieces) taken.push(readRecord(source, piece, taken.length, key, again));
  const records = taken
    .filter((one) => 'content' in one)
    .map((one) => (backlog ? { ...one, origin: { backlog } } : one));
  const errors = taken.filter((one) => 'code' in one);
  const storing = records.length === 0 ? Promise.resolve([]) : options.inbox.put(records);
  if (!storing) return refuse(res, 429, 'The inbox is full.', comeBack(429));
  const stored = await storing;
  const left = stored.values();
  const ids = taken.map((one) => ('code' in one ? null : (left.next().value?.id ?? null)));
  const duplicates = stored.filter((s) => s.duplicate).length;
  const answer = { accepted: stored.length - duplicates, duplicates, ids };
  if (errors.length === 0) send(res, 202, answer);
  else send(res, 422, { ...answer, errors });
}

function readRecord(
  source: IngestSource,
  piece: Piece,
  index: number,
  idempotencyKey: string | undefined,
  again: Map<string, number> | undefined,
): IncomingRecord | RecordError {
  if ('code' in piece) return { index, code: piece.code, message: piece.message };
  const refused = source.refuse?.(piece.value);
  if (refused !== undefined) return { index, code: 'not-this-source', message: refused };
  const contentHash = sha256(piece.bytes);
  const eventId = eventIdOf(source, piece.value);
  const earlier = again?.get(contentHash) ?? 0;
  again?.set(contentHash, earlier + 1);
  const identity = identityOf({ source: source.name, contentHash, idempotencyKey, index, eventId, earlier });
  return { source: source.name, content: piece.bytes, contentHash, ...identity, origin: null };
}

/** A source that fails over a record has no id for it; the bytes decide, and normalize shows what is wrong. */
function eventIdOf(source: IngestSource, record: Record<string, unknown>): string | undefined {
  try {
    return source.eventId?.(record);
  } catch {
    return undefined;
  }
}

function authorized(req: IncomingMessage, options: HttpIngestOptions, source: string | undefined): boolean {
  const given = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return sameSecret(given, options.tokenFor(source ?? ''));
}

/** The sources a request's token opens; undefined when it opens nothing at all. */
function openSources(options: HttpIngestOptions, req: IncomingMessage): IngestSource[] | undefined {
  const known = [...options.sources.values()].filter((source) => authorized(req, options, source.name));
  return known.length === 0 && !authorized(req, options, undefined) ? undefined : known;
}

function listSources(options: HttpIngestOptions, req: IncomingMessage, res: ServerResponse): void {
  const known = openSources(options, req);
  if (!known) refuse(res, 401, 'The token is wrong or missing.', { 'www-authenticate': 'Bearer' });
  else
    send(res, 200, {
      sources: known.map(({ name, product }) => ({ name, vendor: product.vendor, product: product.name })),
    });
}

/** When the sender should come back, where the answer is that it should. */
function comeBack(status: number): Record<string, string> {
  return status === 429 ? { 'retry-after': '1' } : {};
}

async function refuseEarly(req: IncomingMessage, res: ServerResponse, status: number, message: string): Promise<void> {
  for (const [name, value] of Object.entries(comeBack(status))) res.setHeader(name, value);
  await answerEarly(req, res, status, Buffer.from(JSON.stringify({ message })));
}

function refuse(
  res: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
  more: Record<string, unknown> = {},
): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  send(res, status, { message, ...more });
}

function send(res: ServerResponse, status: number, body: unknown): void {
  const bytes = Buffer.from(JSON.stringify(body));
  res.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  res.end(bytes);
}
