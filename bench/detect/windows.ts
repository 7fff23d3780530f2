import type { Chance } from './chance.ts';
import { libraries, type Program, programs } from './programs.ts';

const people = ['akira.mori', 'b.lindqvist', 'chen.wei', 'd.okafor', 'e.rossi', 'f.dubois', 'g.novak', 'h.silva'];
const domain = 'ACME';

/** A start of a process as Sysmon tells it, flat, as log shippers send it: about 1.5 KB. */
export function processCreation(by: Chance): Record<string, unknown> {
  return createdBy(by, by.weighted(programs));
}

/** One of the events Sysmon writes, as often as it writes them on a desktop. */
export function sysmonEvent(by: Chance): Record<string, unknown> {
  return by.weighted(mix)(by);
}

const mix: readonly (readonly [number, (by: Chance) => Record<string, unknown>])[] = [
  [300, imageLoaded],
  [200, processAccessed],
  [150, registrySet],
  [120, connected],
  [110, fileCreated],
  [60, processCreation],
  [40, queried],
  [10, processEnded],
  [10, pipeConnected],
];

function createdBy(by: Chance, program: Program): Record<string, unknown> {
  const { user, level, session } = owner(by, program);
  return {
    ...head(by, 1),
    ...subject(by, program.image),
    FileVersion: `10.0.${19041 + by.below(40)}.${by.below(4000)} (WinBuild.160101.0800)`,
    Description: program.description,
    Product: program.company === 'Microsoft Corporation' ? 'Microsoft® Windows® Operating System' : program.description,
    Company: program.company,
    OriginalFileName: nameOf(program.image),
    CommandLine: filled(by, by.pick(program.lines)),
    CurrentDirectory: program.system ? 'C:\\Windows\\system32\\' : 'C:\\Users\\Public\\Work\\',
    User: user,
    LogonGuid: `{${by.guid()}}`,
    LogonId: `0x${by.hex(5)}`,
    TerminalSessionId: session,
    IntegrityLevel: level,
    Hashes: hashes(by),
    ParentProcessGuid: `{${by.guid()}}`,
    ParentProcessId: String(by.below(20_000)),
    ParentImage: program.parent,
    ParentCommandLine: `"${program.parent}"`,
    ParentUser: user,
  };
}

function imageLoaded(by: Chance): Record<string, unknown> {
  const library = by.pick(libraries);
  const program = by.weighted(programs);
  return {
    ...head(by, 7),
    ...subject(by, program.image),
    ImageLoaded: library,
    FileVersion: `10.0.${19041 + by.below(40)}.${by.below(4000)} (WinBuild.160101.0800)`,
    Description: `${nameOf(library)} of Windows`,
    Product: 'Microsoft® Windows® Operating System',
    Company: 'Microsoft Corporation',
    OriginalFileName: nameOf(library),
    Hashes: hashes(by),
    Signed: 'true',
    Signature: 'Microsoft Windows',
    SignatureStatus: 'Valid',
    User: owner(by, program).user,
  };
}

function processAccessed(by: Chance): Record<string, unknown> {
  const from = by.weighted(programs);
  const to = by.weighted(programs);
  const trace = Array.from({ length: 4 + by.below(8) }, () => `${by.pick(libraries)}+${by.hex(5)}`);
  return {
    ...head(by, 10),
    SourceProcessGUID: `{${by.guid()}}`,
    SourceProcessId: String(by.below(20_000)),
    SourceThreadId: String(by.below(20_000)),
    SourceImage: from.image,
    TargetProcessGUID: `{${by.guid()}}`,
    TargetProcessId: String(by.below(20_000)),
    TargetImage: to.image,
    GrantedAccess: by.pick(['0x1000', '0x1400', '0x1410', '0x3000', '0x40', '0x2000']),
    CallTrace: ['C:\\Windows\\SYSTEM32\\ntdll.dll+9d4c4', ...trace].join('|'),
    SourceUser: owner(by, from).user,
    TargetUser: owner(by, to).user,
  };
}

const keys = [
  'HKU\\S-1-5-21-#-#-#-1105\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\RecentDocs\\.xlsx\\MRUListEx',
  'HKLM\\System\\CurrentControlSet\\Services\\bam\\State\\UserSettings\\S-1-5-21-#-#-#-1105\\App%',
  'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Diagnostics\\DiagTrack\\HeartBeats\\Default\\LastRun#',
  'HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\Interfaces\\{%-0000-0000-0000-%}\\LeaseObtainedTime',
  'HKU\\.DEFAULT\\Software\\Classes\\Local Settings\\MuiCache\\#\\52C64B7E\\@%SystemRoot%\\system32\\drivers\\dam.sys,-100',
];

function registrySet(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  return {
    ...head(by, 13),
    EventType: 'SetValue',
    ...subject(by, program.image),
    TargetObject: filled(by, by.pick(keys)),
    Details: by.pick(['Binary Data', 'DWORD (0x00000001)', 'QWORD (0x01d9cf2b-0x5a1e4c60)', 'en-US']),
    User: owner(by, program).user,
  };
}

function connected(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  return {
    ...head(by, 3),
    ...subject(by, program.image),
    User: owner(by, program).user,
    Protocol: by.weighted([
      [3, 'tcp'],
      [1, 'udp'],
    ]),
    Initiated: 'true',
    SourceIsIpv6: 'false',
    SourceIp: `10.20.${by.below(8)}.${1 + by.below(250)}`,
    SourceHostname: hostOf(by),
    SourcePort: String(49_152 + by.below(16_000)),
    SourcePortName: '-',
    DestinationIsIpv6: 'false',
    DestinationIp: `203.0.113.${by.below(256)}`,
    DestinationHostname: `edge-${by.below(400)}.cdn.example`,
    DestinationPort: by.pick(['443', '443', '443', '80', '53']),
    DestinationPortName: '-',
  };
}

const files = [
  'C:\\Users\\Public\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Cache\\Cache_Data\\f_%',
  'C:\\Users\\Public\\AppData\\Local\\Temp\\~DF%.TMP',
  'C:\\ProgramData\\Acme\\Inventory\\spool\\%.json',
  'C:\\Windows\\Prefetch\\SVCHOST.EXE-%.pf',
  'C:\\Work\\shop\\dist-#\\assets\\index-%.js',
];

function fileCreated(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  return {
    ...head(by, 11),
    ...subject(by, program.image),
    TargetFilename: filled(by, by.pick(files)),
    CreationUtcTime: timeOf(by),
    User: owner(by, program).user,
  };
}

function queried(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  return {
    ...head(by, 22),
    ...subject(by, program.image),
    QueryName: `${by.pick(['login', 'cdn', 'api', 'telemetry', 'img'])}-${by.below(400)}.vendor.example`,
    QueryStatus: '0',
    QueryResults: `type:  5 edge-${by.below(400)}.cdn.example;::ffff:203.0.113.${by.below(256)};`,
    User: owner(by, program).user,
  };
}

function processEnded(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  return { ...head(by, 5), ...subject(by, program.image), User: owner(by, program).user };
}

function pipeConnected(by: Chance): Record<string, unknown> {
  const program = by.weighted(programs);
  const name = `\\mojo.${by.below(20_000)}.${by.below(20_000)}.${by.hex(16)}`;
  return { ...head(by, 18), EventType: 'ConnectPipe', ...subject(by, program.image), PipeName: name };
}

function head(by: Chance, id: number): Record<string, unknown> {
  const time = timeOf(by);
  return {
    EventTime: `${time.replace(' ', 'T')}Z`,
    Hostname: hostOf(by),
    Keywords: '0x8000000000000000',
    Level: '4',
    SourceName: 'Microsoft-Windows-Sysmon',
    ProviderGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
    EventID: id,
    Version: 5,
    Task: id,
    OpcodeValue: 0,
    RecordNumber: by.below(10_000_000),
    ExecutionProcessID: 3220,
    ExecutionThreadID: 4272,
    Channel: 'Microsoft-Windows-Sysmon/Operational',
    UserID: 'S-1-5-18',
    RuleName: '-',
    UtcTime: time,
  };
}

function subject(by: Chance, image: string): Record<string, unknown> {
  return { ProcessGuid: `{${by.guid()}}`, ProcessId: String(by.below(20_000)), Image: image };
}

function owner(by: Chance, program: Program): { user: string; level: string; session: string } {
  if (program.system) return { user: 'NT AUTHORITY\\SYSTEM', level: 'System', session: '0' };
  return { user: `${domain}\\${by.pick(people)}`, level: 'Medium', session: '1' };
}

function hostOf(by: Chance): string {
  return `ws-${String(by.below(300)).padStart(4, '0')}.acme.example`;
}

function hashes(by: Chance): string {
  const hash = (digits: number) => by.hex(digits).toUpperCase();
  return `SHA1=${hash(40)},MD5=${hash(32)},SHA256=${hash(64)},IMPHASH=${hash(32)}`;
}

function timeOf(by: Chance): string {
  const two = (n: number) => String(by.below(n)).padStart(2, '0');
  return `2026-03-02 ${two(24)}:${two(60)}:${two(60)}.${String(by.below(1000)).padStart(3, '0')}`;
}

function filled(by: Chance, line: string): string {
  return line.replace(/#|%(?!\(|System)/g, (mark) => (mark === '#' ? String(1 + by.below(99_999)) : by.hex(8)));
}

function nameOf(image: string): string {
  return image.slice(image.lastIndexOf('\\') + 1);
}
