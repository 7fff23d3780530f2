import type { ParsedAlert } from '../../domain/alert.ts';
import type { Severity } from '../../domain/severity.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import { at, textAt } from '../fields/at.ts';
import { lifecycleOf, linkOf, repositoryOf, resourceOf, timeOf, type Webhook } from './webhook.ts';

/** GitHub gives a leaked secret no severity; whether it still works decides ours. */
function severity(alert: unknown): Severity {
  const validity = textAt(alert, 'validity');
  if (validity === 'active') return 'critical';
  return validity === 'inactive' ? 'medium' : 'high';
}

function bypass(alert: unknown): string | undefined {
  if (at(alert, 'push_protection_bypassed') !== true) return undefined;
  const who = textAt(alert, 'push_protection_bypassed_by.login');
  return who === undefined ? 'bypassed' : `bypassed by ${who}`;
}

/** Where it was found: a path when the payload has one; the value of the secret is never among what is read. */
function location(alert: unknown): string | undefined {
  const path = textAt(alert, 'first_location_detected.path');
  const line = textAt(alert, 'first_location_detected.start_line');
  const more = at(alert, 'has_more_locations') === true ? ', and more places' : '';
  return path === undefined ? undefined : `${path}${line === undefined ? '' : `:${line}`}${more}`;
}

/** True for the webhook `secret_scanning_alert`. */
export function isSecretScanning(webhook: Webhook): boolean {
  return typeof webhook.alert.secret_type === 'string';
}

/** One leaked secret. Only named fields are copied, so a payload that did carry the secret would not leak it on. */
export function secretScanning(webhook: Webhook, receivedAt: Date): ParsedAlert {
  const { alert } = webhook;
  const type = textAt(alert, 'secret_type') ?? 'secret';
  const name = textAt(alert, 'secret_type_display_name') ?? type.replaceAll('_', ' ');
  const repository = repositoryOf(webhook);
  const known = at(alert, 'publicly_leaked') === true ? ', seen in public' : '';
  return finding({
    kind: 'leaked-secret',
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub secret scanning',
    uid: `secret-scanning/${repository}/${alert.number}`,
    title: `${name} found in ${webhook.repository.full_name}`,
    rule: type,
    severity: severity(alert),
    time: timeOf(webhook, receivedAt),
    entities: entityList([
      ['cloud_resource', repository, 'repository'],
      ['user', textAt(alert, 'push_protection_bypassed_by.login'), 'bypassed push protection'],
    ]),
    quoted: [
      ['secret', name],
      ['validity', `${textAt(alert, 'validity') ?? 'unknown'}${known}`],
      ['push protection', bypass(alert)],
      ['location', location(alert)],
      ['resolution', textAt(alert, 'resolution')],
    ],
    fingerprint: [`repository:${repository}`, `alert:secret-scanning/${alert.number}`],
    subject: [`secret:${repository}#${alert.number}`],
    link: linkOf(webhook),
    lifecycle: lifecycleOf(webhook),
    class: 2006,
    attributes: {
      is_alert: true,
      // 11: Developer Security.
      data_security: { detection_system_id: 11, detection_system: 'Developer Security', detection_pattern: type },
      resources: [resourceOf(webhook)],
    },
  });
}
