import type { AlertEntity, EntityType } from '../domain/entity.ts';
import { type EntityClaim, entityList } from './entity-list.ts';
import { textObservables } from './text-observables.ts';

/** How much of a record is walked. */
const mostNodes = 20_000;
const deepest = 32;

/** Field names, in lower case without separators, whose value is an entity by common use. */
const typedFields: Record<string, readonly [type: EntityType, role: string]> = {
  ip: ['ip', 'address'],
  ipaddress: ['ip', 'address'],
  srcip: ['ip', 'source'],
  sourceip: ['ip', 'source'],
  clientip: ['ip', 'source'],
  remoteip: ['ip', 'remote'],
  remoteaddress: ['ip', 'remote'],
  attackerip: ['ip', 'source'],
  dstip: ['ip', 'destination'],
  destip: ['ip', 'destination'],
  destinationip: ['ip', 'destination'],
  targetip: ['ip', 'destination'],
  host: ['host', 'host'],
  hostname: ['host', 'host'],
  computer: ['host', 'host'],
  computername: ['host', 'host'],
  devicename: ['host', 'host'],
  domain: ['domain', 'domain'],
  domainname: ['domain', 'domain'],
  url: ['url', 'url'],
  md5: ['file_hash', 'file'],
  sha1: ['file_hash', 'file'],
  sha256: ['file_hash', 'file'],
  sha512: ['file_hash', 'file'],
  filehash: ['file_hash', 'file'],
  process: ['process', 'process'],
  processname: ['process', 'process'],
  processpath: ['process', 'process'],
  containerid: ['container', 'container'],
  arn: ['cloud_resource', 'resource'],
  resourcearn: ['cloud_resource', 'resource'],
  resourceid: ['cloud_resource', 'resource'],
  instanceid: ['cloud_resource', 'resource'],
  user: ['user', 'user'],
  username: ['user', 'user'],
  account: ['user', 'user'],
  accountname: ['user', 'user'],
  login: ['user', 'user'],
  email: ['email', 'email'],
  sender: ['email', 'sender'],
  recipient: ['email', 'recipient'],
};

interface Walk {
  claims: EntityClaim[];
  text: string[];
  nodes: number;
}

/**
 * Entities anywhere in a JSON value or text: fields with a telling name (`src_ip`, `hostname`) are `from: 'field'`,
 * all other strings are read as free text. Bounded in depth, nodes, characters and entities; what lies beyond is left.
 */
export function observables(value: unknown): AlertEntity[] {
  const walk: Walk = { claims: [], text: [], nodes: 0 };
  visit(value, '', 0, walk);
  return entityList(walk.claims, textObservables(walk.text.join('\n')));
}

function visit(value: unknown, key: string, depth: number, walk: Walk): void {
  walk.nodes += 1;
  if (walk.nodes > mostNodes || depth > deepest) return;
  if (typeof value === 'string') {
    const typed = typedField(key, value);
    if (typed) walk.claims.push([typed[0], value, typed[1]]);
    // A URL is read once more for its host; any other typed value is only what its field says.
    if (typed === undefined || typed[0] === 'url') walk.text.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) visit(item, key, depth + 1, walk);
  } else if (value !== null && typeof value === 'object') {
    for (const [name, item] of Object.entries(value)) visit(item, name, depth + 1, walk);
  }
}

function typedField(key: string, value: string): readonly [EntityType, string] | undefined {
  const name = key.toLowerCase().replace(/[^a-z0-9]/g, '');
  const typed = Object.hasOwn(typedFields, name) ? typedFields[name] : undefined;
  // A sentence in a field called `user` or `process` is prose.
  return typed !== undefined && !/\s/.test(value.trim()) ? typed : undefined;
}
