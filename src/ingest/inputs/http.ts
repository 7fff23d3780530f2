import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256 } from '../../domain/canonical.ts';
import type { IncomingRecord } from '../../domain/record.ts';
import { bodyLimit, decompress } from '../decompress.ts';
import { identityOf } from '../identity.ts';
import type { Inbox } from '../inbox.ts';
import { splitBody } from '../split.ts';

/** What ingest needs to know of a source. */
export interface IngestSource {
  name: string;
  product: { vendor: string; name: string };
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
}

interface RecordError {
  index: number;
  code: string;
  message: string;
}

/** Bytes of bodies in memory at once, over all requests; past it senders wait. */
const bytesInFlightBound = 4 * bodyLimit;

/** `POST /ingest/<source>` and `GET /ingest`; the answer comes after the records are on disk. */
export function createHttpIngest(
  options: HttpIngestOptions,
): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  let bytesInFlight = 0;
  return async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const name = url.pathname.slice('/ingest/'.length);
    if (url.pathname === '/ingest' && req.method === 'GET') return listSources(options, req, res);
    if (req.method !== 'POST') return refuse(res, 405, 'Send records with POST /ingest/<source>.', { allow: 'POST' });
    const source = options.sources.get(name);
    if (!authorized(req, options, source?.name)) return refuse(res, 401, 'The token is wrong or missing.');
    if (!source)
      return refuse(
        res,
        404,
        `There is no source "${name.slice(0, 60)}".`,
        {},
        { sources: [...options.sources.keys()] },
      );
    const type = (req.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase();
    if (type !== 'application/json' && type !== 'application/x-ndjson')
      return refuse(res, 415, 'Send application/json or application/x-ndjson.');
    if (bytesInFlight > bytesInFlightBound) return refuse(res, 429, 'Too much at once.', { 'retry-after': '1' });
    const body = await readBody(req, (n) => {
      bytesInFlight += n;
    });
    if (!body.bytes) {
      bytesInFlight -= body.size;
      return refuse(res, 413, `The body is larger than ${bodyLimit} bytes.`, { connection: 'close' });
    }
    try {
      const plain = await decompress(body.bytes, (req.headers['content-encoding'] ?? '').trim().toLowerCase());
      if (!('bytes' in plain)) return refuse(res, plain.status, plain.message);
      await take(options, source, plain.bytes, type === 'application/x-ndjson', req, res);
    } finally {
      bytesInFlight -= body.size;
    }
  };
}

async function take(
  options: HttpIngestOptions,
  source: IngestSource,
  body: Buffer,
  ndjson: boolean,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const key = req.headers['idempotency-key'];
  const { records, places, errors } = readRecords(source, body, ndjson, typeof key === 'string' ? key : undefined);
  const storing = records.length === 0 ? Promise.resolve([]) : options.inbox.put(records);
  if (!storing) return refuse(res, 429, 'The inbox is full.', { 'retry-after': '1' });
  const stored = await storing;
  const ids: (string | null)[] = Array.from({ length: records.length + errors.length }, () => null);
  for (const [k, place] of places.entries()) ids[place] = stored[k]?.id ?? null;
  const duplicates = stored.filter((s) => s.duplicate).length;
  const answer = { accepted: stored.length - duplicates, duplicates, ids };
  if (errors.length === 0) send(res, 202, answer);
  else send(res, 422, { ...answer, errors });
}

function readRecords(
  source: IngestSource,
  body: Buffer,
  ndjson: boolean,
  idempotencyKey: string | undefined,
): { records: IncomingRecord[]; places: number[]; errors: RecordError[] } {
  const records: IncomingRecord[] = [];
  const places: number[] = [];
  const errors: RecordError[] = [];
  for (const [index, piece] of splitBody(body, ndjson).entries()) {
    if ('code' in piece) {
      errors.push({ index, code: piece.code, message: piece.message });
      continue;
    }
    const refused = source.refuse?.(piece.value);
    if (refused !== undefined) {
      errors.push({ index, code: 'not-this-source', message: refused });
      continue;
    }
    const contentHash = sha256(piece.bytes);
    const eventId = source.eventId?.(piece.value);
    const identity = identityOf({ source: source.name, contentHash, idempotencyKey, index, eventId });
    records.push({ source: source.name, content: piece.bytes, contentHash, ...identity, origin: null });
    places.push(index);
  }
  return { records, places, errors };
}

/** Reads at most `bodyLimit` bytes; `counted` hears of every byte as it comes. */
async function readBody(req: IncomingMessage, counted: (n: number) => void): Promise<{ bytes?: Buffer; size: number }> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    counted(part.length);
    if (size > bodyLimit) return { size };
    parts.push(part);
  }
  return { bytes: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), size };
}

function authorized(req: IncomingMessage, options: HttpIngestOptions, source: string | undefined): boolean {
  const given = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  return sameSecret(given, options.tokenFor(source ?? ''));
}

/** Compares without telling by time how much of it was right. */
export function sameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(sha256(given));
  const b = Buffer.from(sha256(wanted));
  return wanted.length > 0 && timingSafeEqual(a, b);
}

function listSources(options: HttpIngestOptions, req: IncomingMessage, res: ServerResponse): void {
  const known = [...options.sources.values()].filter((source) => authorized(req, options, source.name));
  if (known.length === 0 && !authorized(req, options, undefined))
    return refuse(res, 401, 'The token is wrong or missing.');
  send(res, 200, {
    sources: known.map(({ name, product }) => ({ name, vendor: product.vendor, product: product.name })),
  });
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
