import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

const row = (says: string, pipeline: string, of: Row['of'], event: Row['event'], fields: Row['fields']): Row => ({
  says,
  event,
  pipeline,
  of,
  fields,
});

describe('Zeek', () => {
  const ends = { uid: 'C1', 'id.orig_h': '10.0.0.7', 'id.resp_h': '203.0.113.9' };
  const dns = { ts: 1772366400.1, ...ends, query: 'pool.example', qtype_name: 'TXT', answers: ['a', 'b'], Z: 0 };
  const http = { ts: 1772366400.1, ...ends, method: 'GET', uri: '/a.php', host: 'web', user_agent: 'curl/8' };
  readsAs([
    row('dns', 'zeek', { product: 'zeek', service: 'dns' }, { _path: 'dns', ...dns }, { query: 'pool.example', Z: 0 }),
    row('dns without its path is a DNS log too', 'zeek', { category: 'dns' }, dns, {
      query: 'pool.example',
      record_type: 'TXT',
      answer: 'b',
    }),
    row(
      'http',
      'zeek',
      { product: 'zeek', service: 'http' },
      { _path: 'http', ...http },
      {
        uri: '/a.php',
        'c-uri': '/a.php',
        'c-useragent': 'curl/8',
        'id.resp_h': '203.0.113.9',
      },
    ),
    row('http is a web server’s log', 'zeek', { category: 'webserver' }, http, {
      'cs-uri-query': '/a.php',
      'cs-method': 'GET',
      'c-ip': '10.0.0.7',
    }),
    row('http is a proxy’s log', 'zeek', { category: 'proxy' }, http, { 'c-uri': '/a.php', 'cs-host': 'web' }),
    row(
      'conn is a firewall’s log',
      'zeek',
      { category: 'firewall' },
      { _path: 'conn', ts: 1, ...ends, 'id.resp_p': 445 },
      {
        dst_ip: '203.0.113.9',
        dst_port: 445,
        src_ip: '10.0.0.7',
      },
    ),
    row(
      'smb_files',
      'zeek',
      { product: 'zeek', service: 'smb_files' },
      { ...ends, action: 'SMB::FILE_OPEN', path: 'C$', name: 'a.exe' },
      { path: 'C$', name: 'a.exe' },
    ),
    row(
      'dce_rpc',
      'zeek',
      { product: 'zeek', service: 'dce_rpc' },
      { ...ends, endpoint: 'svcctl', operation: 'CreateServiceW' },
      { endpoint: 'svcctl', operation: 'CreateServiceW' },
    ),
    row(
      'kerberos',
      'zeek',
      { product: 'zeek', service: 'kerberos' },
      { ...ends, request_type: 'TGS', service: 'cifs/dc', cipher: 'rc4-hmac' },
      { cipher: 'rc4-hmac' },
    ),
    row(
      'rdp',
      'zeek',
      { product: 'zeek', service: 'rdp' },
      { _path: 'rdp', ts: 1, ...ends },
      { 'id.orig_h': '10.0.0.7' },
    ),
    row(
      'x509',
      'zeek',
      { product: 'zeek', service: 'x509' },
      { _path: 'x509', ts: 1, certificate: { serial: '8BB00EE' } },
      { 'certificate.serial': '8BB00EE' },
    ),
  ]);
});

describe('web servers and proxies', () => {
  readsAs([
    row(
      'IIS: what was asked is in two fields',
      'webserver',
      { category: 'webserver' },
      { 'cs-method': 'POST', 'cs-uri-stem': '/upload.aspx', 'cs-uri-query': 'a=1', 'sc-status': 200 },
      { 'cs-method': 'POST', 'cs-uri-stem': '/upload.aspx', 'cs-uri-query': '/upload.aspx', 'sc-status': 200 },
    ),
    row(
      'nginx, by its variables',
      'webserver',
      { category: 'webserver' },
      {
        remote_addr: '203.0.113.9',
        request_method: 'GET',
        request_uri: '/a.php?x=1',
        status: '404',
        http_user_agent: 'sqlmap/1',
        http_referer: '-',
      },
      {
        'c-ip': '203.0.113.9',
        'cs-uri-query': '/a.php?x=1',
        'sc-status': 404,
        'cs-user-agent': 'sqlmap/1',
        'cs-referer': '-',
      },
    ),
    row(
      'nginx, with its path beside what was asked',
      'webserver',
      { category: 'webserver' },
      { request_method: 'GET', request_uri: '/a.php?x=1', document_uri: '/a.php', status: '200' },
      { 'cs-uri-stem': '/a.php', 'cs-uri-query': '/a.php?x=1' },
    ),
    row(
      'the Elastic Common Schema',
      'webserver',
      { category: 'webserver' },
      {
        http: { request: { method: 'GET' }, response: { status_code: 200 } },
        url: { path: '/a.php', query: 'x=1' },
        source: { ip: '203.0.113.9' },
        user_agent: { original: 'curl/8' },
      },
      {
        'cs-method': 'GET',
        'cs-uri-stem': '/a.php',
        'cs-uri-query': 'x=1',
        'cs-user-agent': 'curl/8',
        'sc-status': 200,
      },
    ),
    row(
      'a firewall for web applications: Alibaba Cloud',
      'webserver',
      { category: 'webserver' },
      {
        request_method: 'GET',
        request_path: '/a.php',
        querystring: 'x=1',
        status: '405',
        real_client_ip: '203.0.113.9',
      },
      { 'cs-uri-stem': '/a.php', 'cs-uri-query': 'x=1', 'c-ip': '203.0.113.9', 'sc-status': 405 },
    ),
    row(
      'a firewall for web applications: AWS',
      'webserver',
      { category: 'webserver' },
      {
        httpRequest: {
          httpMethod: 'GET',
          uri: '/a.php',
          args: 'x=1',
          clientIp: '203.0.113.9',
          headers: [{ name: 'user-agent', value: 'sqlmap/1' }],
        },
      },
      { 'cs-method': 'GET', 'cs-uri-query': 'x=1', 'cs-user-agent': 'sqlmap/1' },
    ),
    row(
      'a firewall for web applications: AWS, without the method',
      'webserver',
      { category: 'webserver' },
      { webaclId: 'arn:aws:wafv2:…', action: 'BLOCK', httpRequest: { clientIp: '203.0.113.9', args: 'x=1' } },
      { 'cs-uri-query': 'x=1', 'c-ip': '203.0.113.9' },
    ),
    row(
      'Cloudflare',
      'webserver',
      { category: 'webserver' },
      { ClientRequestMethod: 'GET', ClientRequestURI: '/a.php?x=1', EdgeResponseStatus: 403 },
      { 'cs-uri-query': '/a.php?x=1', 'sc-status': 403 },
    ),
    row(
      'the load balancer of Google Cloud',
      'webserver',
      { category: 'webserver' },
      { httpRequest: { requestMethod: 'GET', requestUrl: 'https://web/a.php', status: 200, userAgent: 'curl/8' } },
      { 'cs-uri-stem': 'https://web/a.php', 'cs-user-agent': 'curl/8' },
    ),
    row(
      'a proxy with W3C names',
      'proxy',
      { category: 'proxy' },
      { 'c-uri': 'http://example.com/a.exe', 'cs-method': 'GET', 'cs-host': 'example.com', 'sc-status': 200 },
      { 'c-uri': 'http://example.com/a.exe', 'cs-host': 'example.com', 'r-dns': 'example.com' },
    ),
    row(
      'a proxy that calls it url',
      'proxy',
      { category: 'proxy' },
      { url: 'example.com/a', useragent: 'Go-http-client/1.1', requestmethod: 'GET', hostname: 'example.com' },
      { 'c-uri': 'example.com/a', 'c-useragent': 'Go-http-client/1.1', 'cs-method': 'GET' },
    ),
  ]);

  it('lets keywords read a line of the combined format', () => {
    const message = '203.0.113.9 - - [01/Mar/2026:12:00:00 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"';
    expect(logsourcesOf({ message })).toEqual(['webserver', 'nginx', 'apache']);
    expect(logsourcesOf({ message: 'a line of something' })).toEqual([]);
  });
});

describe('Suricata', () => {
  const flow = { flow_id: 7, src_ip: '10.0.0.7', dest_ip: '203.0.113.9', dest_port: 80 };
  const http = { hostname: 'web', url: '/a.php', http_method: 'GET', http_user_agent: 'curl/8', status: 200 };
  readsAs([
    row(
      'http',
      'suricata',
      { category: 'webserver' },
      { ...flow, event_type: 'http', http },
      {
        'cs-uri-query': '/a.php',
        'cs-user-agent': 'curl/8',
        'sc-status': 200,
      },
    ),
    row(
      'http of a client',
      'suricata',
      { category: 'proxy' },
      { ...flow, event_type: 'http', http },
      {
        'c-uri': '/a.php',
        'cs-host': 'web',
        dst_ip: '203.0.113.9',
      },
    ),
    row(
      'dns',
      'suricata',
      { category: 'dns' },
      { ...flow, event_type: 'dns', dns: { rrname: 'pool.example', rrtype: 'TXT', answers: [{ rdata: 'a' }] } },
      { query: 'pool.example', record_type: 'TXT', answer: 'a' },
    ),
    row(
      'flow',
      'suricata',
      { category: 'firewall' },
      { ...flow, event_type: 'flow' },
      {
        src_ip: '10.0.0.7',
        dst_ip: '203.0.113.9',
        dst_port: 80,
      },
    ),
  ]);
});

describe('firewalls, resolvers, scanners and traps', () => {
  readsAs([
    row(
      'a firewall',
      'firewall',
      { category: 'firewall' },
      { src_ip: '10.0.0.7', dst_ip: '203.0.113.9', dst_port: 23, action: 'accept' },
      { dst_ip: '203.0.113.9', dst_port: 23, action: 'accept' },
    ),
    row(
      'a flow of a cloud network',
      'firewall',
      { service: 'netflow' },
      { srcaddr: '10.0.0.7', dstaddr: '203.0.113.9', dstport: '23', action: 'ACCEPT' },
      { 'destination.port': 23 },
    ),
    row(
      'FortiGate: a change',
      'fortigate',
      { product: 'fortigate', service: 'event' },
      { logid: '0100044547', devid: 'FG1', type: 'event', action: 'Add', cfgpath: 'firewall.policy' },
      { action: 'Add', cfgpath: 'firewall.policy' },
    ),
    row(
      'FortiGate: traffic',
      'fortigate',
      { category: 'firewall' },
      { logid: '0000000013', devid: 'FG1', type: 'traffic', srcip: '10.0.0.7', dstip: '203.0.113.9', dstport: 23 },
      { src_ip: '10.0.0.7', dst_ip: '203.0.113.9', dst_port: 23 },
    ),
    row(
      'Route 53 Resolver',
      'dns',
      { category: 'dns' },
      { query_name: 'pool.example.', query_type: 'TXT', answers: [{ Rdata: 'a' }] },
      { query: 'pool.example.', record_type: 'TXT', answer: 'a' },
    ),
    row(
      'a virus scanner',
      'antivirus',
      { category: 'antivirus' },
      { threat_name: 'EICAR-Test-File', file_path: '/tmp/a', action: 'delete' },
      { Signature: 'EICAR-Test-File', Filename: '/tmp/a', Action: 'delete' },
    ),
    row(
      'OpenCanary',
      'opencanary',
      { product: 'opencanary', category: 'application' },
      { logtype: 4002, node_id: 'canary-1', src_host: '10.0.0.7', dst_port: 22 },
      { logtype: 4002 },
    ),
  ]);

  it('reads the messages of a router by keywords', () => {
    const message = '<189>77: *Mar 1 12:00:00: %PARSER-5-CFGLOG_LOGGEDCMD: User:hana logged command:clear archive';
    expect(logsourcesOf({ message })).toContain('cisco/aaa');
  });
});
