import { textAt } from '../fields/at.ts';
import { type Access, requestFields, said, uriFields } from './log-line.ts';

/** W3C names of what servers and shippers write as JSON; the first that holds something wins. */
const names: Record<string, readonly string[]> = {
  'c-ip': ['c-ip', 'remote_addr', 'clientip', 'client_ip', 'remote_ip', 'remoteAddr', 'source.ip'],
  'cs-method': ['cs-method', 'request_method', 'method', 'verb', 'http.request.method'],
  'cs-uri-query': ['cs-uri-query', 'query_string', 'args', 'query', 'url.query'],
  'cs-host': ['cs-host', 'http_host', 'vhost', 'host', 'server_name', 'url.domain'],
  'cs-username': ['cs-username', 'remote_user', 'auth', 'user.name'],
  'cs-referer': ['cs-referer', 'http_referer', 'http_referrer', 'referer', 'referrer', 'http.request.referrer'],
  'cs-user-agent': ['cs-user-agent', 'http_user_agent', 'user_agent', 'agent', 'userAgent', 'user_agent.original'],
  'sc-status': ['sc-status', 'status', 'status_code', 'response_status', 'response', 'http.response.status_code'],
  'sc-bytes': ['sc-bytes', 'body_bytes_sent', 'bytes_sent', 'bytes', 'size', 'http.response.body.bytes'],
};
const uris = ['cs-uri', 'request_uri', 'uri', 'path', 'url', 'url.original', 'url.path', 'cs-uri-stem'];
const times = ['time_iso8601', 'time_local', '@timestamp', 'timestamp', 'time', 'datetime', 'msec', 'ts'];

/** An access log entry as JSON, by the names its keys usually have; undefined when it is none. */
export function accessObject(record: unknown): Access | undefined {
  const fields: Record<string, string | undefined> = {};
  for (const [name, paths] of Object.entries(names)) fields[name] = first(record, paths);
  const line = textAt(record, 'request');
  const asked = line?.includes(' ') ? requestFields(line) : uriFields(first(record, uris) ?? line ?? '');
  const entry = said({ ...fields, ...asked, 'cs-method': asked['cs-method'] ?? fields['cs-method'] });
  const isEntry = entry['c-ip'] !== undefined && entry['sc-status'] !== undefined && /^\d{3}$/.test(entry['sc-status']);
  if (!isEntry || (entry['cs-method'] === undefined && line === undefined)) return undefined;
  return { fields: entry, time: first(record, times) ?? '' };
}

function first(record: unknown, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(record, path);
    if (text !== undefined) return text;
  }
  return undefined;
}
