import type { Chance } from './chance.ts';

const account = '111122223333';
const region = 'eu-central-1';

interface Call {
  source: string;
  name: string;
  readOnly: boolean;
  request(by: Chance): Record<string, unknown> | null;
  response?(by: Chance): Record<string, unknown>;
}

const none = () => null;
const bucket = (by: Chance) => `acme-${by.pick(['logs', 'shop-assets', 'backups', 'invoices'])}-${by.below(20)}`;

/** Calls of a company's account, and how often: most are made by machines and only read. */
const calls: readonly (readonly [weight: number, Call])[] = [
  [
    200,
    {
      source: 'sts',
      name: 'AssumeRole',
      readOnly: true,
      request: (by) => ({
        roleArn: `arn:aws:iam::${account}:role/service-${by.below(30)}`,
        roleSessionName: `i-0${by.hex(16)}`,
        durationSeconds: 3600,
      }),
      response: (by) => ({
        credentials: { accessKeyId: `ASIA${by.hex(16).toUpperCase()}`, expiration: 'Mar 2, 2026, 11:31:02 AM' },
        assumedRoleUser: { arn: `arn:aws:sts::${account}:assumed-role/service-${by.below(30)}/worker` },
      }),
    },
  ],
  [
    150,
    {
      source: 's3',
      name: 'GetObject',
      readOnly: true,
      request: (by) => ({
        bucketName: bucket(by),
        Host: `${bucket(by)}.s3.${region}.amazonaws.com`,
        key: `2026/03/${by.below(30)}/part-${by.hex(12)}.parquet`,
      }),
    },
  ],
  [
    120,
    {
      source: 'ec2',
      name: 'DescribeInstances',
      readOnly: true,
      request: (by) => ({
        maxResults: 100,
        instancesSet: { items: [{ instanceId: `i-0${by.hex(16)}` }] },
        filterSet: {},
      }),
    },
  ],
  [
    120,
    {
      source: 'kms',
      name: 'Decrypt',
      readOnly: true,
      request: (by) => ({
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::${bucket(by)}` },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      }),
    },
  ],
  [
    90,
    {
      source: 'logs',
      name: 'CreateLogStream',
      readOnly: false,
      request: (by) => ({
        logGroupName: `/aws/lambda/orders-${by.below(40)}`,
        logStreamName: `2026/03/02/${by.hex(32)}`,
      }),
    },
  ],
  [60, { source: 'sts', name: 'GetCallerIdentity', readOnly: true, request: none }],
  [60, { source: 'ec2', name: 'DescribeVolumes', readOnly: true, request: () => ({ volumeSet: {}, filterSet: {} }) }],
  [50, { source: 'iam', name: 'ListRoles', readOnly: true, request: () => ({ maxItems: 100 }) }],
  [
    50,
    {
      source: 'ssm',
      name: 'UpdateInstanceInformation',
      readOnly: false,
      request: (by) => ({
        instanceId: `i-0${by.hex(16)}`,
        agentStatus: 'Active',
        agentName: 'amazon-ssm-agent',
        platformType: 'Linux',
        iPAddress: `10.0.${by.below(8)}.${by.below(250)}`,
      }),
    },
  ],
  [
    40,
    {
      source: 'lambda',
      name: 'GetFunction20150331v2',
      readOnly: true,
      request: (by) => ({ functionName: `orders-${by.below(40)}` }),
    },
  ],
  [
    30,
    { source: 's3', name: 'PutObject', readOnly: false, request: (by) => ({ bucketName: bucket(by), key: by.guid() }) },
  ],
  [20, { source: 'monitoring', name: 'DescribeAlarms', readOnly: true, request: () => ({ maxRecords: 100 }) }],
  // About one call in two hundred is what rules look for.
  [
    2,
    {
      source: 'iam',
      name: 'CreateAccessKey',
      readOnly: false,
      request: (by) => ({ userName: `deploy-${by.below(9)}` }),
      response: (by) => ({ accessKey: { userName: `deploy-${by.below(9)}`, status: 'Active' } }),
    },
  ],
  [
    2,
    {
      source: 'cloudtrail',
      name: 'StopLogging',
      readOnly: false,
      request: () => ({ name: `arn:aws:cloudtrail:${region}:${account}:trail/org` }),
    },
  ],
  [1, { source: 'secretsmanager', name: 'GetSecretValue', readOnly: true, request: (by) => ({ secretId: by.guid() }) }],
];

/** Who calls: people and machines with keys, services of AWS itself, and few assumed roles, each of which a rule reports. */
const callers: readonly (readonly [weight: number, (by: Chance, time: string) => Record<string, unknown>])[] = [
  [700, user],
  [295, service],
  [5, role],
];

function user(by: Chance, time: string): Record<string, unknown> {
  const name = by.pick(['deploy', 'backup', 'metrics', 'akira.mori', 'b.lindqvist', 'chen.wei']);
  return {
    type: 'IAMUser',
    principalId: `AIDA${by.hex(17).toUpperCase()}`,
    arn: `arn:aws:iam::${account}:user/teams/${name}`,
    accountId: account,
    accessKeyId: `AKIA${by.hex(16).toUpperCase()}`,
    userName: name,
    sessionContext: { attributes: { creationDate: time, mfaAuthenticated: 'true' } },
  };
}

function service(by: Chance): Record<string, unknown> {
  return { type: 'AWSService', invokedBy: by.pick(['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs.amazonaws.com']) };
}

function role(by: Chance, time: string): Record<string, unknown> {
  const name = `service-${by.below(30)}`;
  const session = `i-0${by.hex(16)}`;
  return {
    type: 'AssumedRole',
    principalId: `AROA${by.hex(17).toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: `ASIA${by.hex(16).toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${by.hex(17).toUpperCase()}`,
        arn: `arn:aws:iam::${account}:role/${name}`,
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: time, mfaAuthenticated: 'false' },
      ec2RoleDelivery: '2.0',
    },
  };
}

/** A CloudTrail record, nested as AWS writes it: about 1.3 KB. */
export function cloudTrailRecord(by: Chance): Record<string, unknown> {
  const call = by.weighted(calls);
  const time = `2026-03-02T${String(by.below(24)).padStart(2, '0')}:${String(10 + by.below(50))}:02Z`;
  return {
    eventVersion: '1.11',
    userIdentity: by.weighted(callers)(by, time),
    eventTime: time,
    eventSource: `${call.source}.amazonaws.com`,
    eventName: call.name,
    awsRegion: region,
    sourceIPAddress: by.pick([`198.51.100.${by.below(250)}`, 'ec2.amazonaws.com', 'lambda.amazonaws.com']),
    userAgent: by.pick([
      'aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/sts#1.30.3',
      'Boto3/1.34.144 md/Botocore#1.34.144 ua/2.0 os/linux#6.1.0 md/arch#x86_64 lang/python#3.12.4',
      'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 aws-sdk-go-v2/1.30.1',
    ]),
    requestParameters: call.request(by),
    responseElements: call.response?.(by) ?? null,
    requestID: by.guid(),
    eventID: by.guid(),
    readOnly: call.readOnly,
    resources: [
      { accountId: account, type: 'AWS::IAM::Role', ARN: `arn:aws:iam::${account}:role/service-${by.below(30)}` },
    ],
    eventType: 'AwsApiCall',
    managementEvent: call.source !== 's3',
    recipientAccountId: account,
    sharedEventID: by.guid(),
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: `${call.source}.${region}.amazonaws.com`,
    },
  };
}
