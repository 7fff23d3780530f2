import { z } from 'zod';
import type { ParsedAlert } from '../domain/alert.ts';
import type { Severity } from '../domain/severity.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { defined } from '../normalize/defined.ts';
import { entityList } from '../normalize/entity-list.ts';
import { finding } from '../normalize/finding.ts';
import { observables } from '../normalize/observables.ts';
import type { Evidences, ResourceDetails } from '../normalize/ocsf/objects.ts';
import { textObservables } from '../normalize/text-observables.ts';
import { at, listAt, textAt, wholeAt } from './fields/at.ts';
import { readTime } from './fields/read-time.ts';
import { claims } from './guardduty/claims.ts';
import { unwrap } from './guardduty/unwrap.ts';
import type { AlertSource } from './source.ts';

const headSchema = z.looseObject({
  id: z.string().min(1),
  type: z.string().min(1),
  title: z.string().catch(''),
  description: z.string().catch(''),
  severity: z.number().catch(0),
});
type Head = z.infer<typeof headSchema>;

/** GuardDuty's own bands: low from 1, medium from 4, high from 7, critical from 9. */
function severity(value: number): Severity {
  if (value >= 9) return 'critical';
  if (value >= 7) return 'high';
  if (value >= 4) return 'medium';
  if (value >= 1) return 'low';
  return value > 0 ? 'informational' : 'unknown';
}

/** A broken rule of configuration rather than somebody at work; use of the root account counts as the latter. */
function isPolicy(type: string): boolean {
  return type.startsWith('Policy:') && !type.startsWith('Policy:IAMUser/');
}

/** What happened in one line, from the kind of action GuardDuty saw. */
function action(record: unknown): string | undefined {
  const seen = at(record, 'service.action');
  const api = textAt(seen, 'awsApiCallAction.api');
  if (api !== undefined) return [api, textAt(seen, 'awsApiCallAction.serviceName')].filter(Boolean).join(' on ');
  const verb = textAt(seen, 'kubernetesApiCallAction.verb');
  if (verb !== undefined) return `${verb} ${textAt(seen, 'kubernetesApiCallAction.requestUri') ?? ''}`;
  const looked = textAt(seen, 'dnsRequestAction.domain');
  if (looked !== undefined) return `looked up ${looked}`;
  const direction = textAt(seen, 'networkConnectionAction.connectionDirection');
  if (direction === undefined) return textAt(seen, 'actionType');
  const port = textAt(seen, 'networkConnectionAction.remotePortDetails.port');
  const blocked = at(seen, 'networkConnectionAction.blocked') === true ? ', blocked' : '';
  return `${direction.toLowerCase()} connection${port === undefined ? '' : `, remote port ${port}`}${blocked}`;
}

function techniques(record: unknown): string[] {
  return listAt(record, 'service.detection.sequence.indicators')
    .filter((indicator) => textAt(indicator, 'key') === 'ATTACK_TECHNIQUE')
    .flatMap((indicator) => listAt(indicator, 'values'))
    .flatMap((value) => /^T\d{4}(?:\.\d{3})?/.exec(String(value))?.[0] ?? []);
}

function evidences(record: unknown, alert: Pick<ParsedAlert, 'entities'>): Evidences[] {
  const remote = alert.entities.find((e) => e.type === 'ip' && ['remote', 'caller', 'prober'].includes(e.role));
  if (remote === undefined) return [];
  const port = wholeAt(record, 'service.action.networkConnectionAction.remotePortDetails.port', 65_535);
  return [{ src_endpoint: defined({ ip: remote.value, port }) }];
}

function alertOf(head: Head, record: unknown, receivedAt: Date): ParsedAlert {
  const sequence = at(record, 'service.detection.sequence.endpoints');
  const entities = entityList(claims(record), [...observables(sequence), ...textObservables(head.description)]);
  const resource = entities.find((e) => e.type === 'cloud_resource' || e.type === 'user');
  const policy = isPolicy(head.type);
  const times = ['service.eventLastSeen', 'updatedAt', 'createdAt'].map((path) => readTime(at(record, path)));
  const account = textAt(record, 'accountId');
  const region = textAt(record, 'region');
  return finding({
    kind: policy ? 'misconfiguration' : 'threat',
    source: 'guardduty',
    vendor: 'AWS',
    product: 'Amazon GuardDuty',
    uid: head.id,
    title: head.title || head.type,
    description: head.description || undefined,
    rule: head.type,
    severity: severity(head.severity),
    time: times.find((time) => time !== undefined) ?? receivedAt,
    entities,
    techniques: techniques(record),
    quoted: [
      ['finding type', head.type],
      ['action', action(record)],
      ['account', [account, region].filter(Boolean).join(', ')],
      ['sample', at(record, 'service.additionalInfo.sample') === true ? 'yes, made to try GuardDuty out' : undefined],
    ],
    // GuardDuty updates a finding in place and sends it again under the same id.
    fingerprint: [`finding:${head.id}`],
    subject: policy ? [`guardduty:${head.type}:${resource?.value ?? head.id}`] : [],
    lifecycle: at(record, 'service.archived') === true ? 'dismissed' : undefined,
    class: 2004,
    attributes: defined({
      is_alert: true,
      cloud: { provider: 'AWS', ...defined({ region, account: account === undefined ? undefined : { uid: account } }) },
      evidences: evidences(record, { entities }),
      resources: entities
        .filter((e) => e.type === 'cloud_resource')
        .map((e) =>
          defined<ResourceDetails>({
            uid: e.value,
            type: e.role,
            region,
            cloud_partition: textAt(record, 'partition'),
          }),
        ),
    }),
  });
}

/** Amazon GuardDuty findings as EventBridge, SNS or the export to S3 deliver them. */
export const guardduty: AlertSource = {
  name: 'guardduty',
  product: { vendor: 'AWS', name: 'Amazon GuardDuty' },

  eventId(record) {
    const findings = unwrap(record);
    const head = findings.length === 1 ? headSchema.safeParse(findings[0]) : undefined;
    return head?.success ? `${head.data.id}@${textAt(head.data, 'updatedAt') ?? ''}` : undefined;
  },

  recognise(record) {
    return unwrap(record).some(
      (item) => headSchema.safeParse(item).success && textAt(item, 'service.serviceName') === 'guardduty',
    );
  },

  parse(record, { receivedAt }) {
    const alerts = unwrap(record).flatMap((item) => {
      const head = headSchema.safeParse(item);
      return head.success ? [alertOf(head.data, item, receivedAt)] : [];
    });
    return alerts.length > 0 ? alerts : { error: unreadableWords.table.guardduty };
  },
};
