import type { ParsedAlert } from '../../domain/alert.ts';
import { everyLanguage } from '../../domain/locale.ts';
import { quotedWords } from '../../messages/quoted.ts';
import { titleWords } from '../../messages/titles.ts';
import { defined } from '../../normalize/defined.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import { inOurWords } from '../../normalize/in-our-words.ts';
import type { Advisory, AffectedPackage, Vulnerability } from '../../normalize/ocsf/objects.ts';
import { at, listAt, textAt } from '../fields/at.ts';
import { readSeverity } from '../fields/read-severity.ts';
import { readTime } from '../fields/read-time.ts';
import { homeOf, linkOf, repositoryOf, resourceOf, senderOf, type Webhook, type WebhookKind } from './webhook.ts';

/**
 * Where GitHub writes when each step happened, best first. It tells by webhook of the first two only; for the others it is
 * asked.
 */
const times: Record<string, readonly string[]> = {
  reported: ['created_at', 'updated_at'],
  published: ['published_at', 'updated_at'],
  closed: ['closed_at', 'updated_at'],
  withdrawn: ['withdrawn_at', 'updated_at'],
  reopened: ['updated_at'],
};

function timeOf({ action, repository_advisory: advisory }: Webhook): Date | undefined {
  const names = (Object.hasOwn(times, action) ? times[action] : undefined) ?? ['created_at', 'updated_at'];
  return names.map((name) => readTime(at(advisory, name))).find((time) => time !== undefined);
}

function packages(advisory: unknown): AffectedPackage[] {
  return listAt(advisory, 'vulnerabilities').map((one) =>
    defined<AffectedPackage>({
      name: textAt(one, 'package.name') ?? 'unnamed package',
      version: textAt(one, 'vulnerable_version_range') ?? 'unknown',
      type: textAt(one, 'package.ecosystem'),
      fixed_in_version: textAt(one, 'patched_versions'),
    }),
  );
}

function vulnerability(advisory: unknown, uid: string): Vulnerability {
  const cve = textAt(advisory, 'cve_id');
  const affected = packages(advisory);
  return defined<Vulnerability>({
    advisory: defined<Advisory>({
      uid,
      title: textAt(advisory, 'summary'),
      related_cves: cve === undefined ? undefined : [{ uid: cve }],
    }),
    affected_packages: affected.length === 0 ? undefined : affected,
    severity: textAt(advisory, 'severity'),
  });
}

/** `npm left-padder >= 2.0.0, < 2.4.1`, a few of them. */
function affectedOf(advisory: unknown): string {
  const shown = packages(advisory).slice(0, 3);
  return shown.map(({ type, name, version }) => [type, name, version].filter(Boolean).join(' ')).join('; ');
}

/** A withdrawn or closed advisory is one the maintainers do not stand by any more. */
function lifecycleOf({ action, repository_advisory: advisory }: Webhook): ParsedAlert['lifecycle'] {
  const state = textAt(advisory, 'state');
  if (state === 'withdrawn' || state === 'closed') return 'dismissed';
  return action === 'reopened' ? 'reopened' : undefined;
}

function read(webhook: Webhook, receivedAt: Date): ParsedAlert {
  const advisory = webhook.repository_advisory;
  const id = textAt(advisory, 'ghsa_id') ?? 'unnamed advisory';
  const repository = repositoryOf(webhook);
  const reported = webhook.action === 'reported';
  return finding({
    kind: 'advisory',
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub repository advisories',
    uid: `repository-advisory/${repository}/${id}`,
    title:
      textAt(advisory, 'summary') ??
      everyLanguage((language) => titleWords(language).advisory(id, webhook.repository.full_name)),
    description: textAt(advisory, 'description'),
    rule: id,
    severity: readSeverity(textAt(advisory, 'severity')),
    time: timeOf(webhook) ?? receivedAt,
    entities: entityList([
      ['cloud_resource', repository, 'repository'],
      ['user', senderOf(webhook), reported ? 'reporter' : 'publisher'],
    ]),
    quoted: [
      ['advisory', [id, textAt(advisory, 'cve_id')].filter(Boolean).join(', ')],
      ['affected', affectedOf(advisory)],
      reported
        ? inOurWords('state', (language) => quotedWords(language).inPrivate)
        : ['state', textAt(advisory, 'state') ?? 'published'],
      ['by', senderOf(webhook)],
    ],
    fingerprint: [`repository:${homeOf(webhook)}`, `advisory:${id}`],
    subject: [`advisory:${id}`],
    link: linkOf(advisory),
    lifecycle: lifecycleOf(webhook),
    lifecycleWhy: textAt(advisory, 'state'),
    class: 2002,
    attributes: { vulnerabilities: [vulnerability(advisory, id)], resources: [resourceOf(webhook)] },
  });
}

/** A flaw in one of our own repositories, told to its maintainers in private or published by them. */
export const repositoryAdvisory: WebhookKind = {
  events: ['repository_advisory'],
  is: (webhook) => textAt(webhook.repository_advisory, 'ghsa_id') !== undefined,
  step: (webhook) => `${textAt(webhook.repository_advisory, 'ghsa_id')}:${timeOf(webhook)?.toISOString() ?? ''}`,
  read,
};
