import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

const row = (says: string, of: Row['of'], columns: Row['event'], fields: Row['fields']): Row => ({
  says,
  event: { Timestamp: '2026-03-01T12:00:00Z', DeviceId: 'd7', DeviceName: 'ws-7.example', ReportId: 7, ...columns },
  pipeline: 'defender-endpoint',
  of,
  fields,
});
const windows = (category: string) => ({ product: 'windows', category });

const started = {
  ActionType: 'ProcessCreated',
  FileName: 'cmd.exe',
  FolderPath: 'C:\\Windows\\System32\\cmd.exe',
  SHA256: 'a1b2',
  MD5: null,
  ProcessCommandLine: 'cmd /c whoami',
  ProcessVersionInfoOriginalFileName: 'Cmd.Exe',
  ProcessIntegrityLevel: 'High',
  AccountName: 'system',
  AccountDomain: 'nt authority',
  InitiatingProcessFolderPath: 'c:\\windows\\system32\\inetsrv\\w3wp.exe',
  InitiatingProcessCommandLine: 'w3wp.exe -ap pool',
};
const readAsStarted = {
  Image: 'C:\\Windows\\System32\\cmd.exe',
  CommandLine: 'cmd /c whoami',
  OriginalFileName: 'Cmd.Exe',
  IntegrityLevel: 'High',
  User: 'nt authority',
  ParentImage: 'c:\\windows\\system32\\inetsrv\\w3wp.exe',
  ParentCommandLine: 'w3wp.exe -ap pool',
  Hashes: 'SHA256=a1b2',
};

describe('processes', () => {
  readsAs([
    row('a row as Sentinel keeps it', windows('process_creation'), started, readAsStarted),
    {
      ...row('a row as the streaming API sends it', windows('process_creation'), {}, readAsStarted),
      event: {
        time: '2026-03-01T12:00:00Z',
        operationName: 'Publish',
        category: 'AdvancedHunting-DeviceProcessEvents',
        properties: { DeviceId: 'd7', DeviceName: 'ws-7.example', ...started },
      },
    },
    row(
      'a process of Linux',
      { product: 'linux', category: 'process_creation' },
      { ActionType: 'ProcessCreated', FolderPath: '/usr/bin/curl', ProcessCommandLine: 'curl -k', AccountName: 'root' },
      { Image: '/usr/bin/curl', CommandLine: 'curl -k', User: 'root' },
    ),
  ]);

  it('tells Windows by the paths, and not Linux from macOS', () => {
    const of = (FolderPath: string) =>
      logsourcesOf({ ActionType: 'ProcessCreated', DeviceId: 'd7', DeviceName: 'ws-7', FolderPath });
    expect(of('D:\\a.exe')).toEqual(['windows/process_creation']);
    expect(of('\\Device\\HarddiskVolume3\\a.exe')).toEqual(['windows/process_creation']);
    expect(of('/bin/sh')).toEqual(['linux/process_creation', 'macos/process_creation']);
  });
});

describe('files and what is loaded', () => {
  const by = { InitiatingProcessFolderPath: 'c:\\b.exe' };
  readsAs([
    row(
      'a file created',
      windows('file_event'),
      { ActionType: 'FileCreated', FolderPath: 'C:\\Temp\\a.dmp', ...by },
      { TargetFilename: 'C:\\Temp\\a.dmp', Image: 'c:\\b.exe' },
    ),
    row(
      'a file renamed, with what it was',
      windows('file_rename'),
      { ActionType: 'FileRenamed', FolderPath: 'C:\\a.locked', PreviousFileName: 'a.txt', ...by },
      { TargetFilename: 'C:\\a.locked', SourceFilename: 'a.txt' },
    ),
    row(
      'a file deleted',
      windows('file_delete'),
      { ActionType: 'FileDeleted', FolderPath: 'C:\\a.evtx', ...by },
      { TargetFilename: 'C:\\a.evtx' },
    ),
    row(
      'a file written on Linux',
      { product: 'linux', category: 'file_event' },
      { ActionType: 'FileCreated', FolderPath: '/etc/cron.d/a', InitiatingProcessFolderPath: '/bin/cp' },
      { TargetFilename: '/etc/cron.d/a', Image: '/bin/cp' },
    ),
    row(
      'an image loaded',
      windows('image_load'),
      { ActionType: 'ImageLoaded', FolderPath: 'C:\\a.dll', SHA1: 'a1', ...by },
      { ImageLoaded: 'C:\\a.dll', Image: 'c:\\b.exe', Hashes: 'SHA1=a1' },
    ),
    row(
      'a driver loaded',
      windows('driver_load'),
      { ActionType: 'DriverLoad', FolderPath: 'C:\\a.sys', SHA256: 'a1' },
      { ImageLoaded: 'C:\\a.sys', Hashes: 'SHA256=a1' },
    ),
  ]);
});

describe('connections', () => {
  const ends = { LocalIP: '10.0.0.7', LocalPort: 50007, RemoteIP: '203.0.113.9', RemotePort: 4444 };
  const by = { InitiatingProcessFolderPath: 'c:\\b.exe' };
  readsAs([
    row(
      'an outbound one comes from the device',
      windows('network_connection'),
      { ActionType: 'ConnectionSuccess', RemoteUrl: 'c2.example', ...ends, ...by },
      {
        Image: 'c:\\b.exe',
        Initiated: 'true',
        SourceIp: '10.0.0.7',
        DestinationIp: '203.0.113.9',
        DestinationPort: 4444,
        DestinationHostname: 'c2.example',
      },
    ),
    row(
      'an inbound one goes to the device',
      windows('network_connection'),
      { ActionType: 'InboundConnectionAccepted', ...ends, ...by },
      { Initiated: 'false', SourceIp: '203.0.113.9', DestinationIp: '10.0.0.7', DestinationPort: 50007 },
    ),
    row(
      'one of Linux',
      { product: 'linux', category: 'network_connection' },
      { ActionType: 'ConnectionRequest', ...ends, InitiatingProcessFolderPath: '/tmp/x' },
      { Image: '/tmp/x', Initiated: 'true', DestinationPort: 4444 },
    ),
    row(
      'a name looked up',
      windows('dns_query'),
      { ActionType: 'DnsQueryResponse', AdditionalFields: '{"DnsQueryString":"pool.example"}', ...by },
      { QueryName: 'pool.example', Image: 'c:\\b.exe' },
    ),
  ]);
});

describe('the registry', () => {
  const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run';
  const by = { InitiatingProcessFolderPath: 'c:\\b.exe' };
  readsAs([
    row(
      'a value set: the key and the name of the value are both the target',
      windows('registry_set'),
      {
        ActionType: 'RegistryValueSet',
        RegistryKey: key,
        RegistryValueName: 'a',
        RegistryValueData: 'c:\\a.exe',
        ...by,
      },
      { TargetObject: key, Details: 'c:\\a.exe', Image: 'c:\\b.exe' },
    ),
    row(
      'a value set is an event of the registry',
      windows('registry_event'),
      { ActionType: 'RegistryValueSet', RegistryKey: key, RegistryValueName: 'a' },
      { TargetObject: 'a', EventType: 'SetValue' },
    ),
    row(
      'a key created',
      windows('registry_add'),
      { ActionType: 'RegistryKeyCreated', RegistryKey: key },
      { TargetObject: key, EventType: 'CreateKey' },
    ),
    row(
      'a value deleted, under its previous names',
      windows('registry_delete'),
      {
        ActionType: 'RegistryValueDeleted',
        PreviousRegistryKey: key,
        PreviousRegistryValueName: 'a',
        RegistryKey: key,
      },
      { TargetObject: 'a', EventType: 'DeleteValue' },
    ),
  ]);
});

describe('what DeviceEvents adds', () => {
  const by = { InitiatingProcessFolderPath: 'c:\\b.exe' };
  readsAs([
    row(
      'a thread in another process',
      windows('create_remote_thread'),
      { ActionType: 'CreateRemoteThreadApiCall', FolderPath: 'c:\\windows\\system32\\lsass.exe', ...by },
      { SourceImage: 'c:\\b.exe', TargetImage: 'c:\\windows\\system32\\lsass.exe' },
    ),
    row(
      'a pipe',
      windows('pipe_created'),
      { ActionType: 'NamedPipeEvent', AdditionalFields: { PipeName: '\\Device\\NamedPipe\\a' }, ...by },
      { PipeName: '\\Device\\NamedPipe\\a', Image: 'c:\\b.exe' },
    ),
    row(
      'an antivirus',
      { category: 'antivirus' },
      {
        ActionType: 'AntivirusDetection',
        FolderPath: 'C:\\a.exe',
        AdditionalFields: '{"ThreatName":"Trojan:Win32/Example","Action":"Quarantine"}',
      },
      { Signature: 'Trojan:Win32/Example', Filename: 'C:\\a.exe', Action: 'Quarantine' },
    ),
  ]);

  it('takes a row that no rules are for for nothing', () => {
    expect(logsourcesOf({ ActionType: 'LdapSearch', DeviceId: 'd7', DeviceName: 'ws-7' })).toEqual([]);
  });
});
