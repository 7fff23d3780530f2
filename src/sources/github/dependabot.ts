import type { ParsedAlert } from '../../domain/alert.ts';
import { everyLanguage } from '../../domain/locale.ts';
import { titleWords } from '../../messages/titles.ts';
import { defined } from '../../normalize/defined.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import type { Advisory, AffectedPackage, Vulnerability } from '../../normalize/ocsf/objects.ts';
import { at, listAt, textAt } from '../fields/at.ts';
import { readSeverity } from '../fields/read-severity.ts';
import { epssOf, saysMalware } from './advisory-facts.ts';
import { alertStep, isUpdate, lifecycleOf, lifecycleWhyOf, stepTimeOf } from './lifecycle.ts';
import { homeOf, linkOf, numberOf, repositoryOf, resourceOf, type Webhook, type WebhookKind } from './webhook.ts';

/** The facts of the advisory as they bear on this one package. */
function factsOf(alert: unknown) {
  const ghsa = textAt(alert, 'security_advisory.ghsa_id');
  const cve = textAt(alert, 'security_advisory.cve_id');
  const name = textAt(alert, 'dependency.package.name') ?? textAt(alert, 'security_vulnerability.package.name') ?? '';
  return {
    id: ghsa ?? cve ?? `${name}: ${textAt(alert, 'security_advisory.summary') ?? 'unnamed advisory'}`,
    ids: [ghsa, cve].filter((id) => id !== undefined),
    ghsa,
    cve,
    name,
    ecosystem: textAt(alert, 'dependency.package.ecosystem'),
    manifest: textAt(alert, 'dependency.manifest_path'),
    scope: textAt(alert, 'dependency.scope'),
    relationship: textAt(alert, 'dependency.relationship'),
    epss: epssOf(at(alert, 'security_advisory')),
    malware: saysMalware(at(alert, 'security_advisory')),
    range: textAt(alert, 'security_vulnerability.vulnerable_version_range'),
    fixed: textAt(alert, 'security_vulnerability.first_patched_version.identifier'),
  };
}

function vulnerability(alert: unknown, facts: ReturnType<typeof factsOf>): Vulnerability {
  const references = listAt(alert, 'security_advisory.references').flatMap((r) => textAt(r, 'url') ?? []);
  // GitHub names the vulnerable range, not the version in use; OCSF wants something there.
  const affected = defined<AffectedPackage>({
    name: facts.name,
    version: facts.range ?? 'unknown',
    type: facts.ecosystem,
    fixed_in_version: facts.fixed,
    path: facts.manifest,
  });
  return defined<Vulnerability>({
    advisory: defined<Advisory>({
      uid: facts.id,
      title: textAt(alert, 'security_advisory.summary'),
      references: references.slice(0, 20),
      related_cves: facts.cve === undefined ? undefined : [{ uid: facts.cve }],
    }),
    affected_packages: [affected],
    is_fix_available: facts.fixed !== undefined,
    severity: textAt(alert, 'security_advisory.severity'),
  });
}

function read(webhook: Webhook, receivedAt: Date): ParsedAlert {
  const { alert } = webhook;
  const facts = factsOf(alert);
  const repository = repositoryOf(webhook);
  return finding({
    kind: facts.malware ? 'threat' : 'vulnerability',
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub Dependabot',
    uid: `dependabot/${repository}/${numberOf(webhook)}`,
    title:
      textAt(alert, 'security_advisory.summary') ??
      everyLanguage((language) => titleWords(language).vulnerable(facts.name, undefined)),
    description: textAt(alert, 'security_advisory.description'),
    rule: facts.id,
    severity: readSeverity(
      textAt(alert, 'security_vulnerability.severity') ?? textAt(alert, 'security_advisory.severity'),
    ),
    time: stepTimeOf(webhook) ?? receivedAt,
    entities: entityList([['cloud_resource', repository, 'repository']]),
    quoted: [
      ['package', [facts.ecosystem, facts.name].filter(Boolean).join(' ')],
      ['vulnerable', facts.range],
      ['fixed in', facts.fixed ?? 'no version yet'],
      ['manifest', facts.manifest],
      ['advisory', facts.ids.join(', ')],
    ],
    place: {
      by: 'dependabot',
      repository,
      package: facts.name,
      ...{ ecosystem: facts.ecosystem, manifest: facts.manifest },
      ...{ relationship: facts.relationship, scope: facts.scope, range: facts.range, fixed: facts.fixed },
      ...{ ghsa: facts.ghsa, cve: facts.cve, epss: facts.epss },
      malicious: facts.malware ? true : undefined,
    },
    fingerprint: [`repository:${homeOf(webhook)}`, `alert:dependabot/${numberOf(webhook)}`],
    subject: [`advisory:${facts.id}`],
    link: linkOf(webhook.alert),
    lifecycle: lifecycleOf(webhook),
    lifecycleWhy: lifecycleWhyOf(webhook),
    update: isUpdate(webhook),
    class: 2002,
    attributes: { vulnerabilities: [vulnerability(alert, facts)], resources: [resourceOf(webhook)] },
  });
}

/** A vulnerable dependency, or a malicious one, which is a threat; every repository with the same advisory is one story. */
export const dependabot: WebhookKind = {
  events: ['dependabot_alert'],
  is(webhook) {
    const advisory = at(webhook.alert, 'security_advisory');
    return numberOf(webhook) !== undefined && typeof advisory === 'object' && advisory !== null;
  },
  step: alertStep,
  read,
};
