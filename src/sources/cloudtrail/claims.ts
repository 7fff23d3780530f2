import type { EntityClaim } from '../../normalize/entity-list.ts';
import { at, listAt, textAt } from '../fields/at.ts';

type Path = readonly [type: EntityClaim[0], path: string, role: string];

/** What a request is about, by the parameter names of the services that matter most to an attacker. */
const parameterPaths: Path[] = [
  ['cloud_resource', 'instanceId', 'instance'],
  ['user', 'userName', 'target user'],
  ['cloud_resource', 'roleArn', 'target role'],
  ['cloud_resource', 'roleName', 'target role'],
  ['cloud_resource', 'functionName', 'function'],
  ['cloud_resource', 'secretId', 'secret'],
  ['cloud_resource', 'keyId', 'key'],
  ['cloud_resource', 'groupId', 'security group'],
  ['cloud_resource', 'dBInstanceIdentifier', 'database'],
  ['cloud_resource', 'snapshotId', 'snapshot'],
  ['cloud_resource', 'detectorId', 'detector'],
  ['cloud_resource', 'policyArn', 'policy'],
];

/** What the typed fields of an event name, the actor first. The account is left out: it would join everything. */
export function claims(event: unknown): EntityClaim[] {
  return [
    ...actor(at(event, 'userIdentity')),
    ['ip', textAt(event, 'sourceIPAddress'), 'source'],
    ...target(at(event, 'requestParameters')),
    ...launched(event),
    ...listAt(event, 'resources').map((r): EntityClaim => ['cloud_resource', textAt(r, 'ARN'), 'resource']),
  ];
}

function actor(identity: unknown): EntityClaim[] {
  const issuer = at(identity, 'sessionContext.sessionIssuer');
  const name = textAt(identity, 'userName') ?? (textAt(identity, 'type') === 'Root' ? 'root' : undefined);
  return [
    ['user', name, 'actor'],
    ['cloud_resource', textAt(identity, 'arn'), 'actor'],
    ['cloud_resource', textAt(issuer, 'arn'), "actor's role"],
    ['cloud_resource', textAt(identity, 'accessKeyId'), 'access key'],
  ];
}

function target(parameters: unknown): EntityClaim[] {
  const bucket = textAt(parameters, 'bucketName');
  return [
    ...parameterPaths.map(([type, path, role]): EntityClaim => [type, textAt(parameters, path), role]),
    ['cloud_resource', bucket === undefined ? undefined : `arn:aws:s3:::${bucket}`, 'bucket'],
    ...listAt(parameters, 'instancesSet.items').map(instance),
    ...listAt(parameters, 'instanceIds').map((id): EntityClaim => ['cloud_resource', id, 'instance']),
  ];
}

/** What the request made: instances, and the keys that outlive the session they were made in. */
function launched(event: unknown): EntityClaim[] {
  return [
    ['cloud_resource', textAt(event, 'responseElements.accessKey.accessKeyId'), 'new access key'],
    ...listAt(event, 'responseElements.instancesSet.items').map(instance),
  ];
}

function instance(item: unknown): EntityClaim {
  return ['cloud_resource', textAt(item, 'instanceId'), 'instance'];
}
