import { describe } from 'vitest';
import { type Row, readsAs } from './reads-as.ts';

const row = (says: string, of: Row['of'], event: Row['event'], fields: Row['fields']): Row => ({
  says,
  event,
  pipeline: 'wazuh-windows',
  of,
  fields,
});
const sysmon = {
  system: { channel: 'Microsoft-Windows-Sysmon/Operational', eventID: '1', providerName: 'Microsoft-Windows-Sysmon' },
  eventdata: { image: 'C:\\\\Windows\\\\cmd.exe', commandLine: 'cmd /c \\\\\\\\srv\\\\a', parentImage: 'C:\\b.exe' },
};

describe('Windows events of Wazuh', () => {
  const started = { product: 'windows', category: 'process_creation' };
  const fields = { Image: 'C:\\Windows\\cmd.exe', ParentImage: 'C:\\b.exe', Provider_Name: 'Microsoft-Windows-Sysmon' };
  readsAs([
    row('an event', started, { win: sysmon }, fields),
    row('an alert', started, { rule: { id: '1' }, data: { win: sysmon } }, fields),
    row(
      'a process in the Security log',
      started,
      {
        win: {
          system: { channel: 'Security', eventID: '4688' },
          eventdata: { newProcessName: 'C:\\\\a.exe', parentProcessName: 'C:\\\\b.exe', subjectUserName: 'hana' },
        },
      },
      { Image: 'C:\\a.exe', ParentImage: 'C:\\b.exe', User: 'hana', EventID: 4688 },
    ),
    row(
      'a logon',
      { product: 'windows', service: 'security' },
      {
        win: { system: { channel: 'Security', eventID: '4625' }, eventdata: { logonType: '3', ipAddress: '10.0.0.7' } },
      },
      { EventID: 4625, LogonType: 3, IpAddress: '10.0.0.7' },
    ),
    row(
      'Defender writes names with spaces',
      { product: 'windows', service: 'windefend' },
      {
        win: {
          system: { channel: 'Microsoft-Windows-Windows Defender/Operational', eventID: '1116' },
          eventdata: { 'threat Name': 'Trojan:Win32/Example' },
        },
      },
      { ThreatName: 'Trojan:Win32/Example' },
    ),
  ]);
});
