import type { ParsedAlert } from '../../domain/alert.ts';
import { defined } from '../../normalize/defined.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import type { AffectedCode, Vulnerability } from '../../normalize/ocsf/objects.ts';
import { at, listAt, textAt, wholeAt } from '../fields/at.ts';
import { readSeverity } from '../fields/read-severity.ts';
import { alertStep, isUpdate, lifecycleOf, lifecycleWhyOf, stepTimeOf } from './lifecycle.ts';
import { homeOf, linkOf, numberOf, repositoryOf, resourceOf, type Webhook, type WebhookKind } from './webhook.ts';

/** Tools that read configuration and infrastructure code rather than programs. */
const configurationTools = /\b(?:checkov|kics|tfsec|terrascan|kube-?linter|kubesec|hadolint|zizmor|cfn[-_]nag)\b/i;

function isVulnerability(alert: unknown): boolean {
  if (configurationTools.test(textAt(alert, 'tool.name') ?? '')) return false;
  const tags = listAt(alert, 'rule.tags').map(String);
  if (tags.includes('misconfiguration')) return false;
  return (
    textAt(alert, 'rule.security_severity_level') !== undefined ||
    tags.includes('security') ||
    cveOf(alert) !== undefined
  );
}

/** Scanners of images and packages put the CVE into the rule. */
function cveOf(alert: unknown): string | undefined {
  const text = `${textAt(alert, 'rule.id') ?? ''} ${textAt(alert, 'rule.description') ?? ''}`.slice(0, 1000);
  return /\bCVE-\d{4}-\d{4,7}(?!\d)/i.exec(text.replaceAll('_', ' '))?.[0].toUpperCase();
}

/** CodeQL tags its rules `external/cwe/cwe-079`. */
function cweOf(alert: unknown): string | undefined {
  const tag = listAt(alert, 'rule.tags')
    .map(String)
    .find((value) => /^external\/cwe\/cwe-\d{1,5}$/.test(value));
  return tag === undefined ? undefined : `CWE-${Number(tag.replace(/^.*cwe-/, ''))}`;
}

function instanceOf(alert: unknown): unknown {
  return at(alert, 'most_recent_instance') ?? listAt(alert, 'instances')[0];
}

function vulnerabilities(alert: unknown): Vulnerability[] | undefined {
  const cve = cveOf(alert);
  const cwe = cweOf(alert);
  if (cve === undefined && cwe === undefined) return undefined;
  const path = textAt(instanceOf(alert), 'location.path');
  const code =
    path === undefined
      ? undefined
      : defined<AffectedCode>({
          file: { name: path.replace(/^.*\//, '') || path, path, type_id: 1 },
          start_line: wholeAt(instanceOf(alert), 'location.start_line'),
          end_line: wholeAt(instanceOf(alert), 'location.end_line'),
        });
  return [
    defined<Vulnerability>({
      cve: cve === undefined ? undefined : { uid: cve },
      cwe: cve === undefined && cwe !== undefined ? { uid: cwe } : undefined,
      affected_code: code === undefined ? undefined : [code],
    }),
  ];
}

function read(webhook: Webhook, receivedAt: Date): ParsedAlert {
  const { alert } = webhook;
  const rule = textAt(alert, 'rule.id') ?? 'unnamed rule';
  const repository = repositoryOf(webhook);
  const instance = instanceOf(alert);
  const line = textAt(instance, 'location.start_line');
  const path = textAt(instance, 'location.path');
  const kind = isVulnerability(alert) ? 'vulnerability' : 'misconfiguration';
  return finding({
    kind,
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub code scanning',
    uid: `code-scanning/${repository}/${numberOf(webhook)}`,
    title: textAt(alert, 'rule.description') ?? textAt(alert, 'rule.name') ?? rule,
    description: textAt(alert, 'rule.full_description'),
    rule,
    severity: readSeverity(textAt(alert, 'rule.security_severity_level') ?? textAt(alert, 'rule.severity')),
    time: stepTimeOf(webhook) ?? receivedAt,
    entities: entityList([['cloud_resource', repository, 'repository']]),
    quoted: [
      ['tool', textAt(alert, 'tool.name')],
      ['place', path === undefined ? undefined : `${path}${line === undefined ? '' : `:${line}`}`],
      ['message', textAt(instance, 'message.text')],
      ['branch', textAt(webhook, 'ref') ?? textAt(instance, 'ref')],
    ],
    fingerprint: [`repository:${homeOf(webhook)}`, `alert:code-scanning/${numberOf(webhook)}`],
    subject: [`code:${homeOf(webhook)}:${rule}`],
    link: linkOf(webhook.alert),
    lifecycle: lifecycleOf(webhook),
    lifecycleWhy: lifecycleWhyOf(webhook),
    update: isUpdate(webhook),
    class: 2007,
    attributes: defined({
      application: { name: webhook.repository.full_name },
      vulnerabilities: kind === 'vulnerability' ? vulnerabilities(alert) : undefined,
      resources: [resourceOf(webhook)],
    }),
  });
}

/** One place in the code that a rule objects to; the places of one rule in one repository are one story. */
export const codeScanning: WebhookKind = {
  events: ['code_scanning_alert'],
  is(webhook) {
    const { alert } = webhook;
    return numberOf(webhook) !== undefined && at(alert, 'rule.id') !== undefined && at(alert, 'tool') !== undefined;
  },
  step: alertStep,
  read,
};
