import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

describe('events that exist only as OCSF', () => {
  const actor = { process: { file: { path: 'C:\\b.exe' }, cmd_line: 'b', pid: 7 }, user: { name: 'hana' } };
  const row = (says: string, of: Row['of'], classUid: number, body: object, fields: Row['fields']): Row => ({
    says,
    event: { class_uid: classUid, metadata: { version: '1.8.0' }, device: { os: { type_id: 100 } }, actor, ...body },
    pipeline: 'ocsf',
    of,
    fields,
  });
  const windows = (category: string) => ({ product: 'windows', category });
  const file = { path: 'C:\\a.exe', hashes: [{ algorithm: 'MD5', value: '00112233445566778899aabbccddeeff' }] };
  const http = {
    http_request: {
      http_method: 'POST',
      url: { path: '/a.php', url_string: 'http://web/a.php', hostname: 'web' },
      user_agent: 'curl/8',
    },
    http_response: { code: 500 },
  };
  readsAs([
    row(
      'Process Activity: Launch',
      windows('process_creation'),
      1007,
      {
        activity_id: 1,
        process: { file, cmd_line: 'a -x', user: { name: 'ken' }, integrity: 'High' },
      },
      {
        Image: 'C:\\a.exe',
        CommandLine: 'a -x',
        ParentImage: 'C:\\b.exe',
        ParentCommandLine: 'b',
        User: 'ken',
        IntegrityLevel: 'High',
        Hashes: 'MD5=00112233445566778899AABBCCDDEEFF',
      },
    ),
    row(
      'the same on Linux',
      { product: 'linux', category: 'process_creation' },
      1007,
      {
        activity_id: 1,
        device: { os: { type_id: 200 } },
        process: { path: '/usr/bin/id' },
      },
      { Image: '/usr/bin/id' },
    ),
    row(
      'Process Activity: Open',
      windows('process_access'),
      1007,
      { activity_id: 3, process: { file } },
      {
        SourceImage: 'C:\\b.exe',
        TargetImage: 'C:\\a.exe',
      },
    ),
    row(
      'Process Activity: Inject',
      windows('create_remote_thread'),
      1007,
      { activity_id: 4, process: { file } },
      {
        SourceImage: 'C:\\b.exe',
        TargetImage: 'C:\\a.exe',
      },
    ),
    row(
      'File System Activity: Create',
      windows('file_event'),
      1001,
      { activity_id: 1, file },
      {
        TargetFilename: 'C:\\a.exe',
        Image: 'C:\\b.exe',
        User: 'hana',
      },
    ),
    row(
      'File System Activity: Rename',
      windows('file_rename'),
      1001,
      {
        activity_id: 5,
        file,
        file_result: { path: 'C:\\a.locked' },
      },
      { SourceFilename: 'C:\\a.exe', TargetFilename: 'C:\\a.locked' },
    ),
    row(
      'File System Activity: Delete',
      windows('file_delete'),
      1001,
      { activity_id: 4, file },
      {
        TargetFilename: 'C:\\a.exe',
      },
    ),
    row(
      'Module Activity: Load',
      windows('image_load'),
      1005,
      { activity_id: 1, module: { file } },
      {
        ImageLoaded: 'C:\\a.exe',
        Image: 'C:\\b.exe',
      },
    ),
    row(
      'Kernel Extension Activity: Load',
      windows('driver_load'),
      1002,
      { activity_id: 1, driver: { file } },
      {
        ImageLoaded: 'C:\\a.exe',
      },
    ),
    row(
      'Script Activity',
      windows('ps_script'),
      1009,
      { script: { script_content: { value: 'Get-Date' } } },
      {
        ScriptBlockText: 'Get-Date',
      },
    ),
    row(
      'Registry Value Activity: Set',
      windows('registry_set'),
      201002,
      {
        activity_id: 2,
        reg_value: { path: 'HKLM\\Run\\a', data: 'C:\\a.exe' },
      },
      { TargetObject: 'HKLM\\Run\\a', Details: 'C:\\a.exe' },
    ),
    row(
      'Network Activity of a process',
      windows('network_connection'),
      4001,
      {
        activity_id: 1,
        dst_endpoint: { ip: '203.0.113.9', port: 3333, hostname: 'pool.example' },
      },
      { Image: 'C:\\b.exe', DestinationIp: '203.0.113.9', DestinationPort: 3333, DestinationHostname: 'pool.example' },
    ),
    row(
      'Network Activity of a firewall',
      { category: 'firewall' },
      4001,
      {
        activity_id: 6,
        action: 'Allowed',
        src_endpoint: { ip: '10.0.0.7' },
        dst_endpoint: { ip: '203.0.113.9', port: 23 },
      },
      { src_ip: '10.0.0.7', dst_port: 23, action: 'Allowed' },
    ),
    row('HTTP Activity as a web server’s', { category: 'webserver' }, 4002, http, {
      'cs-method': 'POST',
      'cs-uri-query': '/a.php',
      'cs-user-agent': 'curl/8',
      'sc-status': 500,
    }),
    row('HTTP Activity as a proxy’s', { category: 'proxy' }, 4002, http, {
      'c-uri': 'http://web/a.php',
      'cs-host': 'web',
    }),
    row(
      'DNS Activity',
      { category: 'dns' },
      4003,
      { query: { hostname: 'pool.example', type: 'A' } },
      {
        query: 'pool.example',
        record_type: 'A',
      },
    ),
    row(
      'DNS Activity of a process',
      windows('dns_query'),
      4003,
      { query: { hostname: 'pool.example' } },
      {
        QueryName: 'pool.example',
        Image: 'C:\\b.exe',
      },
    ),
    row(
      'Detection Finding with malware',
      { category: 'antivirus' },
      2004,
      {
        malware: [{ name: 'EICAR-Test-File', path: '/tmp/a' }],
        disposition: 'Quarantined',
      },
      { Signature: 'EICAR-Test-File', Filename: '/tmp/a', Action: 'Quarantined' },
    ),
    row(
      'API Activity of CloudTrail',
      { product: 'aws', service: 'cloudtrail' },
      6003,
      {
        metadata: { version: '1.8.0', product: { name: 'CloudTrail' } },
        api: { operation: 'CreateUser', service: { name: 'iam.amazonaws.com' } },
        src_endpoint: { ip: '203.0.113.9' },
      },
      { eventName: 'CreateUser', eventSource: 'iam.amazonaws.com', sourceIPAddress: '203.0.113.9' },
    ),
  ]);

  it('does not take API activity of others for CloudTrail', () => {
    const metadata = { version: '1.8.0', product: { name: 'Kubernetes' } };
    expect(logsourcesOf({ class_uid: 6003, metadata, api: { operation: 'create' } })).toEqual([]);
  });
});
