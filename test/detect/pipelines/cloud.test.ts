import { describe, expect, it } from 'vitest';
import { logsourcesOf, type Row, readsAs } from './reads-as.ts';

describe('AWS and Alibaba Cloud', () => {
  const aws = { product: 'aws', service: 'cloudtrail' };
  const alibaba = { product: 'alibaba', service: 'actiontrail' };
  const call = {
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    awsRegion: 'eu-west-1',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/hana' },
  };
  const action = {
    eventSource: 'ram.aliyuncs.com',
    eventName: 'CreateUser',
    acsRegion: 'cn-hangzhou',
    userIdentity: { type: 'ram-user' },
  };
  readsAs([
    {
      says: 'a CloudTrail record',
      event: call,
      pipeline: 'cloudtrail',
      of: aws,
      fields: { eventName: 'CreateUser', 'userIdentity.type': 'IAMUser' },
    },
    {
      says: 'a CloudTrail record as EventBridge delivers it',
      event: { source: 'aws.iam', 'detail-type': 'AWS API Call via CloudTrail', detail: call },
      pipeline: 'cloudtrail',
      of: aws,
      fields: { eventSource: 'iam.amazonaws.com', 'userIdentity.arn': 'arn:aws:iam::111122223333:user/hana' },
    },
    {
      says: 'an ActionTrail event',
      event: action,
      pipeline: 'actiontrail',
      of: alibaba,
      fields: { eventName: 'CreateUser', 'userIdentity.type': 'ram-user' },
    },
    {
      says: 'a CloudTrail record as CloudWatch Logs carries it',
      event: { id: '1', timestamp: 1772366400000, message: JSON.stringify(call) },
      pipeline: 'cloudtrail',
      of: aws,
      fields: { eventName: 'CreateUser' },
    },
    {
      says: 'an ActionTrail event in the envelope of the Log Service, where it is text',
      event: { __topic__: 'actiontrail_audit_event', event: JSON.stringify(action) },
      pipeline: 'actiontrail',
      of: alibaba,
      fields: { eventSource: 'ram.aliyuncs.com' },
    },
  ]);
});

describe('Google Cloud and Workspace', () => {
  const entry = (protoPayload: object) => ({
    logName: 'projects/acme/logs/cloudaudit.googleapis.com%2Factivity',
    resource: { type: 'k8s_cluster' },
    protoPayload,
  });
  const admin = {
    serviceName: 'admin.googleapis.com',
    methodName: 'google.admin.AdminService.changeApplicationSetting',
    metadata: {
      event: [
        {
          eventName: 'CHANGE_APPLICATION_SETTING',
          parameter: [
            { name: 'SETTING_NAME', value: 'ContextAware' },
            { name: 'NEW_VALUE', value: 'false' },
          ],
        },
      ],
    },
  };
  const kubernetes = {
    serviceName: 'k8s.io',
    methodName: 'io.k8s.core.v1.pods.create',
    authorizationInfo: [{ permission: 'io.k8s.core.v1.pods.create', granted: true }],
  };
  readsAs([
    {
      says: 'a Cloud audit log, by each of the names rules have for it',
      event: entry(kubernetes),
      pipeline: 'gcp',
      of: { product: 'gcp', service: 'gcp.audit' },
      fields: {
        'gcp.audit.method_name': 'io.k8s.core.v1.pods.create',
        'data.protoPayload.methodName': 'io.k8s.core.v1.pods.create',
        'data.protoPayload.authorizationInfo.granted': 'true',
        'data.protoPayload.resource.type': 'k8s_cluster',
      },
    },
    {
      says: 'a Cloud audit log under data',
      event: { data: entry(kubernetes) },
      pipeline: 'gcp',
      of: { product: 'gcp', service: 'gcp.audit' },
      fields: { 'gcp.audit.method_name': 'io.k8s.core.v1.pods.create', 'data.protoPayload.serviceName': 'k8s.io' },
    },
    {
      says: 'a Workspace admin event exported to Cloud Logging',
      event: entry(admin),
      pipeline: 'gcp',
      of: { product: 'gcp', service: 'google_workspace.admin' },
      fields: {
        eventService: 'admin.googleapis.com',
        eventName: 'CHANGE_APPLICATION_SETTING',
        setting_name: 'ContextAware',
        new_value: 'false',
      },
    },
    {
      says: 'a Workspace activity of the Reports API',
      event: {
        kind: 'admin#reports#activity',
        id: { applicationName: 'admin', time: '2026-03-01T12:00:00Z' },
        actor: { email: 'hana@acme.example' },
        events: [{ name: 'DELETE_ROLE', parameters: [{ name: 'ROLE_NAME', value: 'auditor' }] }],
      },
      pipeline: 'google-workspace',
      of: { product: 'gcp', service: 'google_workspace.admin' },
      fields: { eventName: 'DELETE_ROLE', eventService: 'admin.googleapis.com' },
    },
  ]);
});

describe('Azure and Entra ID', () => {
  const azure = (name: string) => ({ product: 'azure', service: name });
  const row = (says: string, name: string, event: Row['event'], fields: Row['fields']): Row => ({
    says,
    event,
    pipeline: 'azure',
    of: azure(name),
    fields,
  });
  const subscription = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/web';
  const tenant = '/tenants/00000000-0000-0000-0000-000000000002/providers/Microsoft.aadiam';
  const target = { userPrincipalName: 'ken@acme.example', modifiedProperties: [{ displayName: 'A', newValue: '1' }] };
  const added = {
    activityDisplayName: 'Add member to role',
    category: 'RoleManagement',
    result: 'success',
    loggedByService: 'Core Directory',
    initiatedBy: { user: { userPrincipalName: 'hana@acme.example' } },
    targetResources: [target],
  };
  const audit = {
    OperationName: 'Add member to role',
    operationName: 'Add member to role',
    'properties.message': 'Add member to role',
    Category: 'RoleManagement',
    LoggedByService: 'Core Directory',
    Status: 'Success',
    'Initiatied.By': 'hana@acme.example',
    'TargetResources.ModifiedProperties.NewValue': '1',
  };
  readsAs([
    row(
      'an activity, from diagnostic settings',
      'activitylogs',
      { resourceId: subscription, operationName: 'MICROSOFT.NETWORK/DNSZONES/WRITE', category: 'Administrative' },
      { operationName: 'Microsoft.Network/dnsZones/write', CategoryValue: 'Administrative', ResourceId: subscription },
    ),
    row(
      'an activity, from Log Analytics',
      'activitylogs',
      { OperationNameValue: 'Microsoft.Network/dnsZones/write', CategoryValue: 'Administrative', ResourceId: '/x' },
      { operationName: 'MICROSOFT.NETWORK/DNSZONES/WRITE', OperationNameValue: 'Microsoft.Network/dnsZones/write' },
    ),
    row(
      'an activity, from the management API',
      'activitylogs',
      {
        eventDataId: '1',
        operationName: { value: 'Microsoft.Network/dnsZones/write', localizedValue: 'Write zone' },
        category: { value: 'Administrative' },
        resourceProviderName: { value: 'Microsoft.Network' },
      },
      {
        operationName: 'Microsoft.Network/dnsZones/write',
        CategoryValue: 'Administrative',
        ResourceProviderValue: 'Microsoft.Network',
      },
    ),
    row(
      'a change of the directory, from diagnostic settings',
      'auditlogs',
      { resourceId: tenant, operationName: 'Add member to role', category: 'AuditLogs', properties: added },
      audit,
    ),
    row('a change of the directory, from Graph', 'auditlogs', added, audit),
    row(
      'a change of the directory, from Log Analytics: columns are text',
      'auditlogs',
      {
        Type: 'AuditLogs',
        OperationName: 'Add member to role',
        Category: 'RoleManagement',
        Result: 'success',
        LoggedByService: 'Core Directory',
        InitiatedBy: JSON.stringify({ user: { userPrincipalName: 'hana@acme.example' } }),
        TargetResources: JSON.stringify([target]),
      },
      audit,
    ),
    row(
      'a sign-in, from diagnostic settings',
      'signinlogs',
      {
        resourceId: tenant,
        operationName: 'Sign-in activity',
        category: 'SignInLogs',
        resultType: '50057',
        resultDescription: 'User account is disabled.',
        callerIpAddress: '203.0.113.9',
        properties: {
          authenticationRequirement: 'singleFactorAuthentication',
          userAgent: 'azurehound/v2',
          deviceDetail: { deviceId: '' },
          appId: 'a-1',
        },
      },
      {
        ResultType: 50057,
        resultType: '50057',
        ResultDescription: 'User account is disabled.',
        AuthenticationRequirement: 'singleFactorAuthentication',
        userAgent: 'azurehound/v2',
        'properties.appId': 'a-1',
      },
    ),
    row(
      'a sign-in, from Graph',
      'signinlogs',
      {
        userPrincipalName: 'hana@acme.example',
        appDisplayName: 'Portal',
        conditionalAccessStatus: 'failure',
        ipAddress: '203.0.113.9',
        location: { countryOrRegion: 'JP' },
        status: { errorCode: 53003, failureReason: 'Blocked', additionalDetails: 'MFA denied; user declined' },
      },
      {
        ResultType: 53003,
        ResultDescription: 'Blocked',
        Status: 'MFA denied; user declined',
        callerIpAddress: '203.0.113.9',
      },
    ),
    row(
      'a risk',
      'riskdetection',
      { riskEventType: 'passwordSpray', riskLevel: 'high' },
      {
        riskEventType: 'passwordSpray',
      },
    ),
    row(
      'an alert on privileged roles',
      'pim',
      { riskEventType: 'noMfaOnRoleActivationAlertIncident', alertDefinitionId: 'a' },
      { riskEventType: 'noMfaOnRoleActivationAlertIncident' },
    ),
  ]);

  it('keeps the logs apart', () => {
    const signIn = { resourceId: tenant, operationName: 'Sign-in activity', category: 'NonInteractiveUserSignInLogs' };
    expect(logsourcesOf(signIn)).toEqual(['azure/signinlogs']);
    expect(logsourcesOf(added)).toEqual(['azure/auditlogs']);
  });
});

describe('other services', () => {
  const row = (says: string, pipeline: string, of: Row['of'], event: Row['event'], fields: Row['fields']): Row => ({
    says,
    event,
    pipeline,
    of,
    fields,
  });
  const published = '2026-03-01T12:00:00Z';
  readsAs([
    row(
      'a mailbox rule in the unified audit log: the names of its parameters',
      'm365',
      { product: 'm365', service: 'audit' },
      {
        CreationTime: published,
        Workload: 'Exchange',
        Operation: 'New-InboxRule',
        Parameters: [{ Name: 'ForwardTo', Value: 'a@example.com' }],
      },
      { Operation: 'New-InboxRule', Parameters: 'ForwardTo' },
    ),
    row(
      'what Exchange did, for those who ask whether it succeeded',
      'm365',
      { product: 'm365', service: 'exchange' },
      { CreationTime: published, Workload: 'Exchange', Operation: 'Add-FederatedDomain', ResultStatus: 'True' },
      { eventSource: 'Exchange', eventName: 'Add-FederatedDomain', status: 'success' },
    ),
    row(
      'an alert of the compliance center, by its policy',
      'm365',
      { product: 'm365', service: 'threat_management' },
      {
        CreationTime: published,
        Workload: 'SecurityComplianceCenter',
        Operation: 'AlertTriggered',
        Name: 'Potential ransomware activity',
      },
      { eventSource: 'SecurityComplianceCenter', eventName: 'Potential ransomware activity', status: 'success' },
    ),
    row(
      'a GitHub audit record',
      'github',
      { product: 'github', service: 'audit' },
      { action: 'repo.destroy', actor: 'hana', org: 'acme', created_at: 1772366400000, _document_id: 'x' },
      { action: 'repo.destroy' },
    ),
    row(
      'an Okta event',
      'okta',
      { product: 'okta', service: 'okta' },
      {
        eventType: 'user.mfa.factor.deactivate',
        published,
        actor: { alternateId: 'hana@acme.example' },
        target: [{ displayName: 'Ken' }],
      },
      {
        eventType: 'user.mfa.factor.deactivate',
        eventtype: 'user.mfa.factor.deactivate',
        'actor.alternateId': 'hana@acme.example',
        'target.displayName': 'Ken',
      },
    ),
    row(
      'an Okta event whose columns lost their capitals',
      'okta',
      { product: 'okta', service: 'okta' },
      {
        eventtype: 'user.account.lock',
        published,
        actor: { alternateId: 'hana@acme.example' },
        displaymessage: 'Locked',
      },
      { eventType: 'user.account.lock', displayMessage: 'Locked' },
    ),
    row(
      'a OneLogin event',
      'onelogin',
      { product: 'onelogin', service: 'onelogin.events' },
      { event_type_id: 17, account_id: 4 },
      { event_type_id: 17 },
    ),
    row(
      'a Bitbucket audit event',
      'bitbucket',
      { product: 'bitbucket', service: 'audit' },
      { auditType: { category: 'Security', action: 'Unauthorized access to a resource' } },
      { 'auditType.category': 'Security', 'auditType.action': 'Unauthorized access to a resource' },
    ),
    row(
      'a Kubernetes audit event',
      'kubernetes',
      { category: 'application', product: 'kubernetes', service: 'audit' },
      {
        apiVersion: 'audit.k8s.io/v1',
        verb: 'create',
        objectRef: { resource: 'pods', apiGroup: 'apps' },
        requestObject: {
          spec: {
            volumes: [{ hostPath: { path: '/etc' } }],
            containers: [{ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }],
          },
        },
      },
      { verb: 'create', 'objectRef.resource': 'pods', apiGroup: 'apps', hostPath: '/etc', capabilities: 'SYS_ADMIN' },
    ),
    row(
      'a Kubernetes audit event as text in a log group',
      'kubernetes',
      { category: 'application', product: 'kubernetes', service: 'audit' },
      { message: JSON.stringify({ apiVersion: 'audit.k8s.io/v1', verb: 'create', objectRef: { resource: 'pods' } }) },
      { verb: 'create', 'objectRef.resource': 'pods' },
    ),
    row(
      'a request to Kubernetes, without the version of its format',
      'kubernetes',
      { category: 'application', product: 'kubernetes', service: 'audit' },
      { kind: 'Event', verb: 'get', objectRef: { resource: 'secrets', namespace: 'default' } },
      { verb: 'get', 'objectRef.resource': 'secrets' },
    ),
    row(
      'a Duo log entry',
      'cisco',
      { product: 'cisco', service: 'duo' },
      { event_type: 'authentication', txid: '1', factor: 'duo_push', reason: 'user_marked_fraud' },
      { reason: 'user_marked_fraud' },
    ),
  ]);

  it('does not take a GitHub webhook for an audit record', () => {
    expect(logsourcesOf({ action: 'created', sender: { login: 'hana' }, repository: { full_name: 'a/b' } })).toEqual(
      [],
    );
  });
});
