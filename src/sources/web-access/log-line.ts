/** Fields of an access log by their W3C names, and when it was. */
export interface Access {
  fields: Record<string, string>;
  /** As written. */
  time: string;
}

/** Longest head before the time: virtual host, client, identity and user. */
const longestHead = 2_048;
const mostQuoted = 16;

/**
 * A line of the common or combined log format of Apache and nginx, also with a virtual host before it and more behind,
 * in time linear in its length; undefined when it is none.
 */
export function accessLine(line: string): Access | undefined {
  const open = line.slice(0, longestHead).indexOf(' [');
  const close = line.indexOf(']', open);
  const time = open < 0 || close < 0 ? '' : line.slice(open + 2, close);
  const request = /^\s{1,8}"/.exec(line.slice(close + 1, close + 10));
  if (request === null || !/^\d{1,2}\/[a-z]{3}\/\d{4}:/i.test(time)) return undefined;
  const head = line
    .slice(0, open)
    .split(' ')
    .filter((word) => word !== '');
  const [user, , client, vhost] = head.toReversed();
  if (client === undefined) return undefined;
  const { texts, words } = tokens(line.slice(close + 1));
  const [asked = '', referer, agent] = texts;
  const [status, bytes] = words;
  return {
    time,
    fields: said({
      ...requestFields(asked),
      'c-ip': client,
      'cs-username': user,
      'cs-host': vhost,
      'sc-status': status,
      'sc-bytes': bytes,
      'cs-referer': referer,
      'cs-user-agent': agent,
    }),
  };
}

/** Of `GET /a?b=c HTTP/1.1`; what is no request, such as the bytes of a TLS handshake, is all query. */
export function requestFields(request: string): Record<string, string> {
  const [, method, uri = '', version] = /^([A-Za-z][\w-]{0,30}) (\S.*?)(?: (HTTP\/\S{1,10}))?$/.exec(request) ?? [];
  if (method === undefined) return request === '' || request === '-' ? {} : { 'cs-uri-query': request };
  return said({ 'cs-method': method, ...uriFields(uri), 'cs-version': version });
}

/** Path and query of what was asked for. */
export function uriFields(uri: string): Record<string, string> {
  const mark = uri.indexOf('?');
  return said({
    'cs-uri': uri,
    'cs-uri-stem': mark < 0 ? uri : uri.slice(0, mark),
    'cs-uri-query': mark < 0 ? undefined : uri.slice(mark + 1),
  });
}

/** Servers write `-` for what there is none of. */
export function said(fields: Record<string, string | undefined>): Record<string, string> {
  const kept = Object.entries(fields).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined && entry[1] !== '' && entry[1] !== '-';
  });
  return Object.fromEntries(kept);
}

/** The quoted texts, their escapes undone, and the bare words between them. */
function tokens(text: string): { texts: string[]; words: string[] } {
  const texts: string[] = [];
  const words: string[] = [];
  let at = 0;
  while (at < text.length && texts.length < mostQuoted && words.length < mostQuoted) {
    if (text[at] === ' ') {
      at += 1;
      continue;
    }
    const quoted = text[at] === '"';
    const end = quoted ? endOfQuote(text, at + 1) : endOfWord(text, at);
    if (quoted) texts.push(unescaped(text.slice(at + 1, end)));
    else words.push(text.slice(at, end));
    at = end + 1;
  }
  return { texts, words };
}

function endOfQuote(text: string, from: number): number {
  let end = from;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

function endOfWord(text: string, from: number): number {
  const end = text.indexOf(' ', from);
  return end < 0 ? text.length : end;
}

/** Apache writes `\"`, nginx `\x22`; rules mean the character. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text
    .replace(/\\x([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\\(["\\])/g, '$1');
}
