import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeEventRecord } from '../../src/normalize/native-event-record.ts';
import { webAccess } from '../../src/sources/web-access.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'web-access', file), 'utf8');
function one(record: unknown): NativeEventRecord {
  const [event, ...more] = [webAccess.read(record, context)].flat();
  if (event === undefined || 'error' in event || more.length > 0) throw new Error(JSON.stringify(event));
  return event;
}
const of = (request: string) => one(`203.0.113.7 - - [01/Mar/2026:12:00:00 +0000] "${request}" 200 5 "-" "x"`).event;
const entities = (record: unknown) =>
  one(record)
    .facts()
    .entities.map((e) => `${e.role} ${e.type}:${e.value}`);

describe('an access log', () => {
  it('in the combined format is read into W3C names', () => {
    const event = one(fixture('combined.log'));
    expect(event.event).toEqual({
      'c-ip': '203.0.113.99',
      'cs-method': 'POST',
      'cs-uri': '/upload.php?dir=..%2f..%2fshop',
      'cs-uri-stem': '/upload.php',
      'cs-uri-query': 'dir=..%2f..%2fshop',
      'cs-version': 'HTTP/1.1',
      'sc-status': '200',
      'sc-bytes': '512',
      'cs-referer': 'https://shop.example/upload',
      'cs-user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
    });
    expect(event.time.toISOString()).toBe('2026-03-01T12:00:05.000Z');
  });

  it('may have a virtual host before and more behind, or less than the combined format', () => {
    expect(one(fixture('virtual-host.log')).event).toMatchObject({
      'cs-host': 'shop.example:443',
      'c-ip': '198.51.100.9',
      'cs-username': 'mika',
      'cs-user-agent': 'curl/8.5.0',
    });
    expect(one(fixture('common.log')).event).toEqual({
      'c-ip': '198.51.100.23',
      'cs-method': 'GET',
      'cs-uri': '/',
      'cs-uri-stem': '/',
      'cs-version': 'HTTP/1.0',
      'sc-status': '404',
    });
  });

  it('as JSON is read by the names its keys usually have', () => {
    expect(one(JSON.parse(fixture('nginx.json'))).event).toMatchObject({
      'c-ip': '203.0.113.7',
      'cs-method': 'GET',
      'cs-uri-stem': '/a.php',
      'cs-uri-query': 'cmd=id',
      'sc-status': '200',
      'cs-host': 'shop.example',
      host: 'web-01',
    });
    const parts = {
      client_ip: '203.0.113.7',
      method: 'PUT',
      uri: '/a',
      args: 'b=c',
      status: 201,
      timestamp: 1772366405,
    };
    expect(one(parts).event).toMatchObject({ 'cs-method': 'PUT', 'cs-uri-stem': '/a', 'cs-uri-query': 'b=c' });
    expect(one(parts).time.toISOString()).toBe('2026-03-01T12:00:05.000Z');
  });

  it('has quotes and bytes as characters however the server escapes them', () => {
    expect(of('GET /a?b=\\"c\\" HTTP/1.1')).toMatchObject({ 'cs-uri-query': 'b="c"' });
    expect(of('GET /a?b=\\x22c HTTP/1.1')).toMatchObject({ 'cs-uri-query': 'b="c' });
    expect(of('GET /a b HTTP/1.1')).toMatchObject({ 'cs-uri-stem': '/a b' });
  });

  it('keeps what is no request for the rules to look at', () => {
    const shake = of('\\x16\\x03\\x01');
    expect(shake).toMatchObject({ 'cs-uri-query': '\x16\x03\x01', 'sc-status': '200' });
    expect(shake).not.toHaveProperty('cs-method');
    expect(of('-')).not.toHaveProperty('cs-uri-query');
  });

  it('names client, account and the server that its shipper names', () => {
    expect(entities(JSON.parse(fixture('nginx.json')))).toEqual(['web server host:web-01', 'client ip:203.0.113.7']);
    expect(entities({ message: fixture('virtual-host.log'), host: { name: 'web-02' } })).toEqual([
      'web server host:web-02',
      'client ip:198.51.100.9',
      'user user:mika',
    ]);
  });
});

describe('an error log', () => {
  it('of either server is an event with its line', () => {
    const apache = one(JSON.parse(fixture('apache-error-wrapped.json')));
    expect(apache.logsource).toEqual({ category: 'webserver', service: 'apache' });
    expect(apache.event).toMatchObject({ level: 'error', 'c-ip': '203.0.113.7:51324', host: 'web-01' });
    expect(apache.time.toISOString()).toBe('2026-03-01T12:00:09.000Z');
    expect(apache.facts().entities).toContainEqual({
      type: 'ip',
      value: '203.0.113.7',
      role: 'client',
      from: 'field',
    });
    const nginx = one('2026/03/01 12:00:09 [error] 17#17: *5 open() failed, client: 203.0.113.7, server: shop.example');
    expect(nginx.logsource?.service).toBe('nginx');
    expect(nginx.event).toMatchObject({ level: 'error', 'c-ip': '203.0.113.7' });
    expect(nginx.time.toISOString()).toBe('2026-03-01T12:00:09.000Z');
  });
});

describe('what is no log of a web server', () => {
  it('is refused', () => {
    const other = ['', 'hello', '[1]', 'Mar  1 12:00:05 web-01 sshd[1]: Accepted', 'a b c [d] "e"', 7, null, [], {}];
    for (const record of [...other, { message: 'hello' }, { status: 200, remote_addr: '203.0.113.7' }])
      expect(webAccess.read(record, context)).toHaveProperty('error');
  });

  it('takes no longer than its length to tell', () => {
    const head = '203.0.113.7 - - [01/Mar/2026:12:00:00 +0000] "GET /';
    for (const part of [' ', '"', '\\', '[', ' HTTP/', '?', '\\x']) {
      const text = part.repeat(1_000_000 / part.length);
      expect([webAccess.read(head + text, context)].flat()).toHaveLength(1);
      expect([webAccess.read(text, context)].flat()).toHaveLength(1);
    }
  });
});
