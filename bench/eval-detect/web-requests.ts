import { dataRecords } from './data-lines.ts';

/** A request as an access log keeps it. */
export interface WebRequest {
  group: string;
  attack: boolean;
  /** Whether what makes it an attack is in what an access log keeps; unknown for requests that are none. */
  visible: boolean;
  lines: string[];
}

interface CrsRequest {
  group: string;
  method: string;
  uri: string;
  headers: Record<string, string> | null;
  data: string | null;
  encoded_request: string | null;
  attack: boolean;
}

interface Payload {
  set: string;
  type: string | null;
  payload: string;
  placeholders: string[];
  attack: boolean;
}

/**
 * Requests of the OWASP Core Rule Set's tests as W3C entries. An access log keeps method, path, query, referrer and user
 * agent, and neither bodies nor other headers. A request whose attack can only be in those counts as unseen: one with a
 * body, or whose path, query, referrer and agent are the plain ones of the test harness.
 */
export function crsRequests(folder: string): WebRequest[] {
  return dataRecords<CrsRequest>(`${folder}/waf-crs/requests.ndjson.gz`)
    .filter(({ encoded_request, uri }) => encoded_request === null && typeof uri === 'string')
    .map((request) => {
      const headers = new Map(Object.entries(request.headers ?? {}).map(([k, v]) => [k.toLowerCase(), String(v)]));
      const agent = headers.get('user-agent') ?? '-';
      const referrer = headers.get('referer') ?? '-';
      const plain = /^\/[\w-]*\/?$/.test(request.uri) && agent.includes('CRS') && referrer === '-';
      return {
        group: request.group.replace(/^REQUEST-(\d+)-(?:APPLICATION-ATTACK-)?/, '$1 '),
        attack: request.attack,
        visible: !plain,
        lines: [entry(request.method, request.uri, agent, referrer)],
      };
    });
}

/** The payloads of GoTestWAF where each says it goes: the user agent, or a parameter of the query. */
export function payloadRequests(folder: string): WebRequest[] {
  return dataRecords<Payload>(`${folder}/waf-gotestwaf/payloads.ndjson.gz`).map(({ set, type, payload, attack }) => {
    const inAgent = type === 'UserAgent';
    const uri = inAgent ? '/' : `/search?q=${payload.includes('%') ? payload : encodeURIComponent(payload)}`;
    return {
      group: attack ? (type ?? set) : 'benign texts',
      attack,
      visible: true,
      lines: [
        entry(
          'GET',
          uri,
          inAgent ? payload : 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          '-',
        ),
      ],
    };
  });
}

function entry(method: string, uri: string, agent: string, referrer: string): string {
  const [stem = '', ...query] = uri.split('?');
  return JSON.stringify({
    date: '2026-01-15',
    time: '10:00:00',
    'c-ip': '192.0.2.10',
    'cs-method': method,
    'cs-uri-stem': stem,
    'cs-uri-query': query.length === 0 ? '-' : query.join('?'),
    'cs-user-agent': agent,
    'cs-referer': referrer,
    'sc-status': 200,
  });
}
