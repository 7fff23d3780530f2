import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

const process = { executable: 'C:\\b.exe', command_line: 'b -x' };

const row = (
  says: string,
  category: string,
  event: { category: string[]; type?: string[]; action?: string },
  parts: Row['event'],
  fields: Row['fields'],
): Row => ({
  says,
  event: {
    '@timestamp': '2026-03-01T12:00:00Z',
    agent: { type: 'endpoint' },
    host: { os: { type: 'windows' }, name: 'ws-7' },
    process,
    event,
    ...parts,
  },
  pipeline: 'windows-ecs',
  of: { product: 'windows', category },
  fields,
});

describe('what an endpoint agent sees on Windows, in the Elastic Common Schema', () => {
  const ends = { source: { ip: '10.0.0.7', port: 50007 }, destination: { ip: '203.0.113.9', port: 4444 } };
  readsAs([
    row(
      'a process started',
      'process_creation',
      { category: ['process'], type: ['start'], action: 'start' },
      {
        process: {
          ...process,
          pe: { original_file_name: 'B.EXE', imphash: 'a1' },
          hash: { sha256: 'b2' },
          parent: { executable: 'C:\\a.exe', command_line: 'a' },
        },
        user: { name: 'hana', domain: 'ACME' },
      },
      {
        Image: 'C:\\b.exe',
        CommandLine: 'b -x',
        OriginalFileName: 'B.EXE',
        ParentImage: 'C:\\a.exe',
        ParentCommandLine: 'a',
        User: 'hana',
        Hashes: 'SHA256=b2',
      },
    ),
    row(
      'a file created',
      'file_event',
      { category: ['file'], type: ['creation'], action: 'creation' },
      { file: { path: 'C:\\a.dmp' } },
      { TargetFilename: 'C:\\a.dmp', Image: 'C:\\b.exe' },
    ),
    row(
      'a file deleted',
      'file_delete',
      { category: ['file'], action: 'deletion' },
      { file: { path: 'C:\\a.evtx' } },
      { TargetFilename: 'C:\\a.evtx' },
    ),
    row(
      'a library loaded',
      'image_load',
      { category: ['library'], action: 'load' },
      { dll: { path: 'C:\\a.dll', hash: { md5: 'a1' }, code_signature: { exists: false } } },
      { ImageLoaded: 'C:\\a.dll', Image: 'C:\\b.exe', Hashes: 'MD5=a1', Signed: 'false' },
    ),
    row(
      'a value of the registry set',
      'registry_set',
      { category: ['registry'], action: 'modification' },
      { registry: { path: 'HKLM\\SOFTWARE\\A\\Run\\b', value: 'b', data: { strings: ['C:\\b.exe'] } } },
      { TargetObject: 'HKLM\\SOFTWARE\\A\\Run\\b', Details: 'C:\\b.exe', Image: 'C:\\b.exe' },
    ),
    {
      ...row(
        'a connection made',
        'network_connection',
        { category: ['network'], action: 'connection_attempted' },
        ends,
        {
          Initiated: 'true',
          DestinationIp: '203.0.113.9',
          DestinationPort: 4444,
          SourceIp: '10.0.0.7',
        },
      ),
      also: ['firewall'],
    },
    {
      ...row(
        'a connection accepted',
        'network_connection',
        { category: ['network'], action: 'connection_accepted' },
        ends,
        {
          Initiated: 'false',
          DestinationIp: '203.0.113.9',
        },
      ),
      also: ['firewall'],
    },
    row(
      'a name looked up',
      'dns_query',
      { category: ['network'], action: 'lookup_requested' },
      { dns: { question: { name: 'pool.example' } } },
      { QueryName: 'pool.example', Image: 'C:\\b.exe' },
    ),
  ]);

  it('leaves the end of a process out of those started', () => {
    const { event } = row('', '', { category: ['process'], type: ['end'] }, {}, {});
    expect(logsourcesOf(event)).toEqual(['windows/process_termination']);
  });
});
