import type { EntityClaim } from '../../normalize/entity-list.ts';
import { at, listAt, textAt } from '../fields/at.ts';

type Path = readonly [type: EntityClaim[0], path: string, role: string];

const resourcePaths: Path[] = [
  ['cloud_resource', 'instanceDetails.instanceId', 'instance'],
  ['user', 'accessKeyDetails.userName', 'user'],
  ['cloud_resource', 'accessKeyDetails.accessKeyId', 'access key'],
  ['cloud_resource', 'eksClusterDetails.arn', 'cluster'],
  ['user', 'kubernetesDetails.kubernetesUserDetails.username', 'user'],
  ['cloud_resource', 'ecsClusterDetails.arn', 'cluster'],
  ['container', 'containerDetails.id', 'container'],
  ['cloud_resource', 'lambdaDetails.functionArn', 'function'],
  ['cloud_resource', 'rdsDbInstanceDetails.dbInstanceArn', 'database'],
  ['user', 'rdsDbUserDetails.user', 'user'],
];

const actionPaths: Path[] = [
  ['ip', 'networkConnectionAction.remoteIpDetails.ipAddressV4', 'remote'],
  ['ip', 'networkConnectionAction.remoteIpDetails.ipAddressV6', 'remote'],
  ['ip', 'networkConnectionAction.localIpDetails.ipAddressV4', 'local'],
  ['domain', 'dnsRequestAction.domain', 'looked up'],
  ['ip', 'awsApiCallAction.remoteIpDetails.ipAddressV4', 'caller'],
  ['ip', 'awsApiCallAction.remoteIpDetails.ipAddressV6', 'caller'],
  ['ip', 'kubernetesApiCallAction.remoteIpDetails.ipAddressV4', 'caller'],
  ['ip', 'kubernetesApiCallAction.remoteIpDetails.ipAddressV6', 'caller'],
  ['ip', 'rdsLoginAttemptAction.remoteIpDetails.ipAddressV4', 'caller'],
];

const processPaths: Path[] = [
  ['process', 'executablePath', 'process'],
  ['file_hash', 'executableSha256', 'process'],
  ['user', 'user', 'process user'],
];

function read(value: unknown, paths: Path[]): EntityClaim[] {
  return paths.map(([type, path, role]) => [type, textAt(value, path), role]);
}

function resourceClaims(resource: unknown): EntityClaim[] {
  const name = listAt(resource, 'instanceDetails.tags').find((tag) => textAt(tag, 'key') === 'Name');
  const containers = [
    'kubernetesDetails.kubernetesWorkloadDetails.containers',
    'ecsClusterDetails.taskDetails.containers',
  ];
  return [
    // The `Name` tag is how people, and their other products, call the machine.
    ['host', textAt(name, 'value'), 'instance'],
    ...read(resource, resourcePaths),
    ...listAt(resource, 's3BucketDetails').map(
      (b): EntityClaim => ['cloud_resource', textAt(b, 'arn') ?? textAt(b, 'name'), 'bucket'],
    ),
    ...containers
      .flatMap((path) => listAt(resource, path))
      .map((c): EntityClaim => ['container', textAt(c, 'id'), 'container']),
    ...listAt(resource, 'instanceDetails.networkInterfaces').flatMap((nic): EntityClaim[] => [
      ['ip', textAt(nic, 'privateIpAddress'), 'instance'],
      ['ip', textAt(nic, 'publicIp'), 'instance'],
    ]),
  ];
}

function actionClaims(action: unknown): EntityClaim[] {
  const affected = at(action, 'awsApiCallAction.affectedResources');
  const arns = affected !== null && typeof affected === 'object' ? Object.values(affected) : [];
  return [
    ...read(action, actionPaths),
    ...listAt(action, 'portProbeAction.portProbeDetails').flatMap((probe): EntityClaim[] => [
      ['ip', textAt(probe, 'remoteIpDetails.ipAddressV4'), 'prober'],
    ]),
    ...arns.filter((arn) => typeof arn === 'string').map((arn): EntityClaim => ['cloud_resource', arn, 'affected']),
  ];
}

function malwareClaims(service: unknown): EntityClaim[] {
  return listAt(service, 'ebsVolumeScanDetails.scanDetections.threatDetectedByName.threatNames')
    .flatMap((threat) => listAt(threat, 'filePaths'))
    .map((file): EntityClaim => ['file_hash', textAt(file, 'hash'), 'file']);
}

/** What the typed fields of a finding name, the resource first. The account is left out: it would join everything. */
export function claims(finding: unknown): EntityClaim[] {
  const service = at(finding, 'service');
  return [
    ...resourceClaims(at(finding, 'resource')),
    ...actionClaims(at(service, 'action')),
    ...read(at(service, 'runtimeDetails.process'), processPaths),
    ...malwareClaims(service),
  ];
}
