import type { ParsedAlert } from '../../domain/alert.ts';
import { everyLanguage, type Language } from '../../domain/locale.ts';
import type { Severity } from '../../domain/severity.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { titleWords } from '../../messages/titles.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import { at, textAt } from '../fields/at.ts';
import { alertStep, isUpdate, lifecycleOf, lifecycleWhyOf, stepTimeOf } from './lifecycle.ts';
import { homeOf, linkOf, numberOf, repositoryOf, resourceOf, type Webhook, type WebhookKind } from './webhook.ts';

/** GitHub gives a leaked secret no severity; whether it still works, and whether everybody can read it, decide ours. */
function severity(alert: unknown): Severity {
  const validity = textAt(alert, 'validity');
  if (validity === 'inactive') return 'medium';
  return validity === 'active' || at(alert, 'publicly_leaked') === true ? 'critical' : 'high';
}

function bypass(alert: unknown, language: Language): string | undefined {
  if (at(alert, 'push_protection_bypassed') !== true) return undefined;
  return quotedWords(language).bypassed(textAt(alert, 'push_protection_bypassed_by.login'));
}

/** Where it was found: a path when the payload has one; the value of the secret is never among what is read. */
function location(alert: unknown, language: Language): string | undefined {
  const path = textAt(alert, 'first_location_detected.path');
  const line = textAt(alert, 'first_location_detected.start_line');
  if (path === undefined) return undefined;
  const place = `${path}${line === undefined ? '' : `:${line}`}`;
  return at(alert, 'has_more_locations') === true ? quotedWords(language).morePlaces(place) : place;
}

/** True when the alert is of secret scanning, whichever webhook carries it. */
export function isSecret(webhook: Webhook): boolean {
  return numberOf(webhook) !== undefined && typeof at(webhook.alert, 'secret_type') === 'string';
}

/**
 * A leaked secret, found in `place`. Only named fields are copied, so a payload that did carry the secret would not leak
 * it on.
 */
export function readSecret(webhook: Webhook, receivedAt: Date, place?: string): ParsedAlert {
  const { alert } = webhook;
  const type = textAt(alert, 'secret_type') ?? 'secret';
  const name = textAt(alert, 'secret_type_display_name') ?? type.replaceAll('_', ' ');
  const repository = repositoryOf(webhook);
  return finding({
    kind: 'leaked-secret',
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub secret scanning',
    uid: `secret-scanning/${repository}/${numberOf(webhook)}`,
    title: everyLanguage((language) => titleWords(language).secret(name, webhook.repository.full_name)),
    rule: type,
    severity: severity(alert),
    time: stepTimeOf(webhook) ?? receivedAt,
    entities: entityList([
      ['cloud_resource', repository, 'repository'],
      ['user', textAt(alert, 'push_protection_bypassed_by.login'), 'bypassed push protection'],
    ]),
    quoted: [
      ['secret', name],
      inOurWords('validity', (language) =>
        quotedWords(language).validity(textAt(alert, 'validity') ?? 'unknown', at(alert, 'publicly_leaked') === true),
      ),
      inOurWords('push protection', (language) => bypass(alert, language)),
      inOurWords('location', (language) => place ?? location(alert, language)),
      ['resolution', textAt(alert, 'resolution')],
    ],
    fingerprint: [`repository:${homeOf(webhook)}`, `alert:secret-scanning/${numberOf(webhook)}`],
    subject: [`secret:${homeOf(webhook)}#${numberOf(webhook)}`],
    link: linkOf(webhook.alert),
    lifecycle: lifecycleOf(webhook),
    lifecycleWhy: lifecycleWhyOf(webhook),
    update: isUpdate(webhook),
    class: 2006,
    attributes: {
      is_alert: true,
      // 11: Developer Security.
      data_security: { detection_system_id: 11, detection_system: 'Developer Security', detection_pattern: type },
      resources: [resourceOf(webhook)],
    },
  });
}

/** One leaked secret. */
export const secretScanning: WebhookKind = {
  events: ['secret_scanning_alert'],
  is: (webhook) => isSecret(webhook) && webhook.location === undefined,
  step: alertStep,
  read: (webhook, receivedAt) => readSecret(webhook, receivedAt),
};
