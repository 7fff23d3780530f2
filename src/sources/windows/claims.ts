import type { EntityClaim } from '../../normalize/entity-list.ts';
import { textAt } from '../fields/at.ts';
import type { WindowsEvent } from './layout.ts';

/** Fields of Sysmon, Security, PowerShell and their like that name an entity, the subject of the event first. */
const typed: readonly (readonly [type: EntityClaim[0], field: string, role: string])[] = [
  ['process', 'Image', 'process'],
  ['process', 'NewProcessName', 'process'],
  ['process', 'SourceImage', 'process'],
  ['process', 'ProcessName', 'process'],
  ['process', 'Application', 'process'],
  ['process', 'ParentImage', 'parent process'],
  ['process', 'ParentProcessName', 'parent process'],
  ['process', 'TargetImage', 'target process'],
  ['ip', 'SourceIp', 'source'],
  ['ip', 'SourceAddress', 'source'],
  ['ip', 'IpAddress', 'source'],
  ['ip', 'ClientAddress', 'source'],
  ['ip', 'DestinationIp', 'destination'],
  ['ip', 'DestAddress', 'destination'],
  ['domain', 'DestinationHostname', 'destination'],
  ['domain', 'QueryName', 'looked up'],
  ['host', 'WorkstationName', 'workstation'],
];

const users: readonly (readonly [field: string, role: string])[] = [
  ['User', 'user'],
  ['SubjectUserName', 'actor'],
  ['TargetUserName', 'target'],
  ['SourceUser', 'user'],
  ['TargetUser', 'target'],
];

/** Accounts that every machine has and that say nothing about who did it. */
const everywhere = new Set(['system', 'local service', 'network service', 'anonymous logon']);

/** What the typed fields of an event name, the host first. */
export function claims({ computer, data }: WindowsEvent): EntityClaim[] {
  return [
    ['host', computer, 'host'],
    ...typed.map(([type, field, role]): EntityClaim => [type, data[field], role]),
    ...users.map(([field, role]): EntityClaim => ['user', account(textAt(data, field)), role]),
    ['file_hash', hash(data), 'file'],
  ];
}

/** The name of `DOMAIN\name`; machine accounts end in `$` and are the host over again. */
function account(text: string | undefined): string | undefined {
  const name = text?.slice(text.lastIndexOf('\\') + 1).trim();
  return name === undefined || name.endsWith('$') || everywhere.has(name.toLowerCase()) ? undefined : name;
}

/**
 * The strongest of Sysmon's `MD5=…,SHA256=…,IMPHASH=…`. Not of what lies in the folders of the system: every machine has
 * the same files there, and their hashes would join what is unrelated.
 */
function hash(data: Record<string, unknown>): string | undefined {
  const file = textAt(data, 'ImageLoaded') ?? textAt(data, 'TargetFilename') ?? textAt(data, 'Image') ?? '';
  if (/^[a-z]:\\(?:windows|program files|program files \(x86\))\\/i.test(file)) return undefined;
  const hashes = (textAt(data, 'Hashes') ?? textAt(data, 'Hash') ?? '').slice(0, 1_000);
  const [sha256, sha1, md5] = ['SHA256', 'SHA1', 'MD5'].map(
    (name) => new RegExp(`(?:^|,)${name}=([0-9a-f]+)`, 'i').exec(hashes)?.[1],
  );
  return sha256 ?? sha1 ?? md5;
}
