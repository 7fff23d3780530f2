import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

const sysmon = 'Microsoft-Windows-Sysmon/Operational';
const windows = (category: string) => ({ product: 'windows', category });
const service = (name: string) => ({ product: 'windows', service: name });

describe('Windows events in each form they come in', () => {
  const data = { Image: 'C:\\Windows\\System32\\whoami.exe', CommandLine: 'whoami /all' };
  const form = (says: string, event: Row['event'], fields: Row['fields'] = {}): Row => ({
    says,
    event,
    pipeline: 'windows',
    of: windows('process_creation'),
    fields: { ...data, Provider_Name: 'Microsoft-Windows-Sysmon', Computer: 'ws-7', ...fields },
  });
  readsAs([
    form('the tree of the XML, attributes apart', {
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
          EventID: 1,
          Channel: sysmon,
          Computer: 'ws-7',
        },
        EventData: data,
      },
    }),
    form('the same with qualifiers on its event id', {
      Event: {
        System: {
          Provider: { '@Name': 'Microsoft-Windows-Sysmon' },
          EventID: { '#attributes': { Qualifiers: 0 }, '#text': 1 },
          Channel: sysmon,
          Computer: 'ws-7',
        },
        EventData: data,
      },
    }),
    form('the data as a list of names and values', {
      Event: {
        System: {
          Provider: { '@Name': 'Microsoft-Windows-Sysmon' },
          EventID: '1',
          Channel: sysmon,
          Computer: 'ws-7',
        },
        EventData: {
          Data: [
            { '@Name': 'Image', '#text': data.Image },
            { '@Name': 'CommandLine', '#text': data.CommandLine },
          ],
        },
      },
    }),
    form('Winlogbeat', {
      '@timestamp': '2026-03-01T12:00:00Z',
      winlog: {
        channel: sysmon,
        event_id: '1',
        provider_name: 'Microsoft-Windows-Sysmon',
        computer_name: 'ws-7',
        event_data: data,
      },
    }),
    form('a flat record', {
      Channel: sysmon,
      EventID: 1,
      SourceName: 'Microsoft-Windows-Sysmon',
      Hostname: 'ws-7',
      ...data,
    }),
    form('Elastic’s integration: names of its schema, the rest in event_data', {
      '@timestamp': '2026-03-01T12:00:00Z',
      winlog: {
        channel: sysmon,
        event_id: '1',
        provider_name: 'Microsoft-Windows-Sysmon',
        computer_name: 'ws-7',
        event_data: { IntegrityLevel: 'High' },
      },
      process: { executable: data.Image, command_line: data.CommandLine },
    }),
    form('Splunk, which calls the id a code', {
      Channel: sysmon,
      EventCode: 1,
      SourceName: 'Microsoft-Windows-Sysmon',
      Computer: 'ws-7',
      ...data,
    }),
    form('a flat head over EventData', {
      Channel: sysmon,
      EventID: 1,
      Provider: 'Microsoft-Windows-Sysmon',
      Computer: 'ws-7',
      EventData: data,
    }),
  ]);
});

describe('what Sysmon sees', () => {
  const row = (eventId: number, category: string, fields: Row['fields']): Row => ({
    says: `Sysmon ${eventId} is ${category}`,
    event: { Channel: sysmon, EventID: eventId, EventData: fields },
    pipeline: 'windows',
    of: windows(category),
    fields,
  });
  readsAs([
    row(2, 'file_change', { TargetFilename: 'C:\\a.exe' }),
    row(3, 'network_connection', { DestinationIp: '203.0.113.9', Initiated: 'true' }),
    row(4, 'sysmon_status', { State: 'Stopped' }),
    row(5, 'process_termination', { Image: 'C:\\a.exe' }),
    row(6, 'driver_load', { ImageLoaded: 'C:\\a.sys' }),
    row(7, 'image_load', { ImageLoaded: 'C:\\a.dll' }),
    row(8, 'create_remote_thread', { TargetImage: 'C:\\b.exe' }),
    row(9, 'raw_access_thread', { Device: '\\Device\\Harddisk0\\DR0' }),
    row(10, 'process_access', { GrantedAccess: '0x1410' }),
    row(11, 'file_event', { TargetFilename: 'C:\\a.txt' }),
    row(12, 'registry_add', { EventType: 'CreateKey', TargetObject: 'HKLM\\A' }),
    row(12, 'registry_delete', { EventType: 'DeleteValue', TargetObject: 'HKLM\\A' }),
    row(12, 'registry_event', { EventType: 'DeleteKey', TargetObject: 'HKLM\\A' }),
    row(13, 'registry_set', { TargetObject: 'HKLM\\A', Details: 'DWORD (0x00000001)' }),
    row(13, 'registry_event', { TargetObject: 'HKLM\\A' }),
    row(14, 'registry_rename', { NewName: 'HKLM\\B' }),
    row(15, 'create_stream_hash', { Contents: 'ZoneId=3' }),
    row(16, 'sysmon_status', { Configuration: 'C:\\sysmon.xml' }),
    row(17, 'pipe_created', { PipeName: '\\a' }),
    row(18, 'pipe_created', { PipeName: '\\a' }),
    row(20, 'wmi_event', { Destination: 'a' }),
    row(22, 'dns_query', { QueryName: 'pool.example' }),
    row(23, 'file_delete', { TargetFilename: 'C:\\a.txt' }),
    row(26, 'file_delete', { TargetFilename: 'C:\\a.txt' }),
    row(26, 'file_delete_detected', { TargetFilename: 'C:\\a.txt' }),
    row(24, 'clipboard_capture', { ClientInfo: 'user: a' }),
    row(25, 'process_tampering', { Type: 'Image is replaced' }),
    row(27, 'file_block_executable', { TargetFilename: 'C:\\a.exe' }),
    row(28, 'file_block_shredding', { TargetFilename: 'C:\\a.exe' }),
    row(29, 'file_executable_detected', { TargetFilename: 'C:\\a.exe' }),
    row(255, 'sysmon_error', { Description: 'Failed' }),
  ]);

  it('keeps a key created apart from a key deleted', () => {
    const event = (EventType: string) => ({ Channel: sysmon, EventID: 12, EventData: { EventType } });
    expect(logsourcesOf(event('CreateKey'))).not.toContain('windows/registry_delete');
    expect(logsourcesOf(event('DeleteKey'))).not.toContain('windows/registry_add');
  });
});

describe('what the Security log says of the same acts', () => {
  const row = (says: string, category: string, eventId: number, data: object, fields: Row['fields']): Row => ({
    says,
    event: { Channel: 'Security', EventID: eventId, EventData: data },
    pipeline: 'windows',
    of: windows(category),
    fields,
  });
  const value = { ObjectName: '\\REGISTRY\\MACHINE\\SOFTWARE\\Run', ObjectValueName: 'a', NewValue: 'C:\\a.exe' };
  readsAs([
    row(
      '4688 is a process started: the new one is the image, the caller its parent',
      'process_creation',
      4688,
      {
        NewProcessName: 'C:\\a.exe',
        ParentProcessName: 'C:\\b.exe',
        CommandLine: 'a -x',
        SubjectUserName: 'hana',
        NewProcessId: '0x10',
        ProcessId: '0x20',
        MandatoryLabel: 'S-1-16-16384',
      },
      {
        Image: 'C:\\a.exe',
        ParentImage: 'C:\\b.exe',
        CommandLine: 'a -x',
        User: 'hana',
        ProcessId: '0x10',
        ParentProcessId: '0x20',
        IntegrityLevel: 'S-1-16-16384',
      },
    ),
    row(
      '4657 with a new value sets the registry',
      'registry_set',
      4657,
      { ...value, OperationType: '%%1904', ProcessName: 'C:\\b.exe' },
      { TargetObject: '\\REGISTRY\\MACHINE\\SOFTWARE\\Run', Details: 'C:\\a.exe', Image: 'C:\\b.exe' },
    ),
    row(
      '4657 with a deleted value deletes from it',
      'registry_delete',
      4657,
      { ...value, OperationType: '%%1906' },
      {
        TargetObject: 'a',
      },
    ),
    row(
      '5156 is a connection',
      'network_connection',
      5156,
      {
        Direction: '%%14593',
        Application: '\\device\\a.exe',
        SourceAddress: '10.0.0.7',
        DestAddress: '203.0.113.9',
        DestPort: '3333',
      },
      {
        Image: '\\device\\a.exe',
        SourceIp: '10.0.0.7',
        DestinationIp: '203.0.113.9',
        DestinationPort: 3333,
        Initiated: 'true',
      },
    ),
    row(
      '4663 on a file is an access to it',
      'file_access',
      4663,
      { ObjectType: 'File', ObjectName: 'C:\\Users\\a\\Login Data', ProcessName: 'C:\\b.exe' },
      { FileName: 'C:\\Users\\a\\Login Data', Image: 'C:\\b.exe' },
    ),
  ]);
});

describe('the other channels', () => {
  const row = (says: string, of: Row['of'], event: Row['event'], fields: Row['fields']): Row => ({
    says,
    event,
    pipeline: 'windows',
    of,
    fields,
  });
  const powershell = 'Microsoft-Windows-PowerShell/Operational';
  const defender = {
    Channel: 'Microsoft-Windows-Windows Defender/Operational',
    EventID: 1116,
    EventData: { 'Threat Name': 'Trojan:Win32/Example', Path: 'file:_C:\\a.exe', 'Action Name': 'Quarantine' },
  };
  readsAs([
    row(
      'security, however the channel is written',
      service('security'),
      { Channel: 'security', EventID: 4625 },
      {
        EventID: 4625,
      },
    ),
    row(
      'system: a service installed',
      service('system'),
      { Channel: 'System', EventID: 7045, Provider: 'Service Control Manager', EventData: { ServiceName: 'a' } },
      { Provider_Name: 'Service Control Manager', EventID: 7045, ServiceName: 'a' },
    ),
    row(
      'application: values without a name are Data',
      service('application'),
      { Channel: 'Application', EventID: 1034, EventData: { Data: { '#text': ['one', 'two'] } } },
      { Data: 'two' },
    ),
    row(
      'PowerShell 4104 is a script',
      windows('ps_script'),
      { Channel: powershell, EventID: 4104, EventData: { ScriptBlockText: 'Get-Date' } },
      { ScriptBlockText: 'Get-Date' },
    ),
    row(
      'PowerShell 4103 is a module, also of PowerShell 7',
      windows('ps_module'),
      { Channel: 'PowerShellCore/Operational', EventID: 4103, EventData: { Payload: 'CommandInvocation(Get-Date)' } },
      { Payload: 'CommandInvocation(Get-Date)' },
    ),
    row(
      'Windows PowerShell 400 starts the engine, numbered values are Data',
      windows('ps_classic_start'),
      { Channel: 'Windows PowerShell', EventID: 400, EventData: { Data0: 'Available', Data2: 'HostVersion=2.0' } },
      { Data: 'HostVersion=2.0' },
    ),
    row(
      'Windows PowerShell 600 starts a provider',
      windows('ps_classic_provider_start'),
      { Channel: 'Windows PowerShell', EventID: 600, EventData: { Data: ['WSMan', 'Started'] } },
      { Data: 'Started' },
    ),
    row('Defender writes names with spaces', service('windefend'), defender, { ThreatName: 'Trojan:Win32/Example' }),
    row('Defender is an antivirus', { category: 'antivirus' }, defender, {
      Signature: 'Trojan:Win32/Example',
      Filename: 'file:_C:\\a.exe',
      Action: 'Quarantine',
    }),
    row(
      'BITS, with the data under UserData',
      service('bits-client'),
      {
        Event: {
          System: { EventID: 59, Channel: 'Microsoft-Windows-Bits-Client/Operational' },
          UserData: { Job: { RemoteName: 'http://203.0.113.9/a' } },
        },
      },
      { RemoteName: 'http://203.0.113.9/a' },
    ),
    row(
      'AppLocker has four channels',
      service('applocker'),
      { Channel: 'Microsoft-Windows-AppLocker/EXE and DLL', EventID: 8004 },
      { EventID: 8004 },
    ),
    row(
      'the task scheduler',
      service('taskscheduler'),
      { Channel: 'Microsoft-Windows-TaskScheduler/Operational', EventID: 141, EventData: { TaskName: '\\a' } },
      { TaskName: '\\a' },
    ),
    row(
      'RPC Firewall',
      { product: 'rpc_firewall', category: 'application' },
      { Channel: 'RPCFW', EventID: 3, EventData: { OpNum: '0' } },
      { EventLog: 'RPCFW', OpNum: '0' },
    ),
    row(
      'a trace has no channel',
      { product: 'windows' },
      {
        Provider: 'Microsoft-Windows-RPC',
        EventID: 6,
        Channel: null,
        Computer: 'ws-7',
        EventData: { Endpoint: 'lsasspirpc' },
      },
      { Provider_Name: 'Microsoft-Windows-RPC', Endpoint: 'lsasspirpc' },
    ),
    row(
      'a trace of the kernel’s file provider',
      windows('file_access'),
      {
        Event: {
          System: {
            Provider: { '#attributes': { Name: 'Microsoft-Windows-Kernel-File' } },
            EventID: 12,
            Channel: null,
          },
          EventData: { FileName: 'C:\\Users\\a\\Login Data' },
        },
      },
      { FileName: 'C:\\Users\\a\\Login Data' },
    ),
    row(
      'a channel nobody listed is Windows still',
      { product: 'windows' },
      { Channel: 'Acme/Admin', EventID: 9 },
      {
        EventID: 9,
      },
    ),
  ]);
});
