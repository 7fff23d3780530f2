import type { ParsedAlert } from '../../domain/alert.ts';
import { everyLanguage } from '../../domain/locale.ts';
import { titleWords } from '../../messages/titles.ts';
import { defined } from '../../normalize/defined.ts';
import { entityList } from '../../normalize/entity-list.ts';
import { finding } from '../../normalize/finding.ts';
import type { Advisory, AffectedPackage, Vulnerability } from '../../normalize/ocsf/objects.ts';
import { at, textAt, wholeAt } from '../fields/at.ts';
import { readSeverity } from '../fields/read-severity.ts';
import { readTime } from '../fields/read-time.ts';
import { homeOf, repositoryOf, resourceOf, type Webhook, type WebhookKind } from './webhook.ts';
import { readRuns } from './window-runs.ts';

/** The record's own facts: the advisory, and where Yagura found its package. */
function factsOf(webhook: Webhook) {
  const { security_advisory: advisory, place } = webhook;
  const ghsa = textAt(advisory, 'ghsa');
  const certain = at(place, 'certain');
  return {
    advisory,
    ghsa: ghsa ?? 'unnamed advisory',
    cve: textAt(advisory, 'cve'),
    malware: at(advisory, 'malware') === true,
    epss: at(advisory, 'epss'),
    name: textAt(place, 'package') ?? '',
    ecosystem: textAt(place, 'ecosystem'),
    installed: textAt(place, 'installed'),
    certain: typeof certain === 'boolean' ? certain : undefined,
    relationship: textAt(place, 'relationship'),
    range: textAt(place, 'range'),
    fixed: textAt(place, 'fixed'),
    runs: readRuns(at(place, 'runs')),
  };
}

type Facts = ReturnType<typeof factsOf>;

function vulnerability(facts: Facts): Vulnerability {
  return defined<Vulnerability>({
    advisory: defined<Advisory>({
      uid: facts.ghsa,
      title: textAt(facts.advisory, 'summary'),
      related_cves: facts.cve === undefined ? undefined : [{ uid: facts.cve }],
    }),
    affected_packages: [
      defined<AffectedPackage>({
        name: facts.name,
        version: facts.installed ?? facts.range ?? 'unknown',
        type: facts.ecosystem,
        fixed_in_version: facts.fixed,
      }),
    ],
    is_fix_available: facts.fixed !== undefined,
    severity: textAt(facts.advisory, 'severity'),
  });
}

const lifecycles: Record<string, NonNullable<ParsedAlert['lifecycle']>> = {
  fixed: 'fixed',
  dismissed: 'dismissed',
  reopened: 'reopened',
};

function read(webhook: Webhook, receivedAt: Date): ParsedAlert {
  const facts = factsOf(webhook);
  const repository = repositoryOf(webhook);
  const { ghsa, cve, name, ecosystem, fixed, range, installed } = facts;
  const lifecycle = Object.hasOwn(lifecycles, webhook.action) ? lifecycles[webhook.action] : undefined;
  return finding({
    kind: facts.malware ? 'threat' : 'vulnerability',
    source: 'github',
    vendor: 'GitHub',
    product: 'GitHub Advisory Database',
    uid: `advisory/${ghsa}/${repository}/${name}`,
    title:
      textAt(facts.advisory, 'summary') ?? everyLanguage((language) => titleWords(language).vulnerable(name, ghsa)),
    description: textAt(facts.advisory, 'description'),
    rule: ghsa,
    severity: facts.malware ? 'critical' : readSeverity(textAt(facts.advisory, 'severity')),
    time: readTime(at(webhook, 'at')) ?? receivedAt,
    entities: entityList([['cloud_resource', repository, 'repository']]),
    quoted: [
      ['package', [ecosystem, name, installed].filter(Boolean).join(' ')],
      [facts.malware ? 'malicious' : 'vulnerable', range],
      facts.malware ? ['runs', facts.runs?.unread ?? facts.runs?.total] : ['fixed in', fixed ?? 'no version yet'],
      ['advisory', [ghsa, cve].filter(Boolean).join(', ')],
    ],
    place: {
      by: 'advisory',
      repository,
      package: name,
      ...{ ecosystem, installed, certain: facts.certain, relationship: facts.relationship, range, fixed, ghsa, cve },
      epss: typeof facts.epss === 'number' ? facts.epss : undefined,
      malicious: facts.malware ? true : undefined,
      runs: facts.runs,
    },
    fingerprint: [`repository:${homeOf(webhook)}`, `package:${ecosystem ?? ''}/${name}`],
    subject: [`advisory:${ghsa}`],
    link: /^GHSA-[\w-]+$/.test(ghsa) ? `https://github.com/advisories/${ghsa}` : undefined,
    lifecycle,
    lifecycleWhy: textAt(webhook, 'why'),
    update: webhook.action === 'updated',
    class: 2002,
    attributes: { vulnerabilities: [vulnerability(facts)], resources: [resourceOf(webhook)] },
  });
}

/**
 * An advisory of the whole world, held against what one of our repositories depends on: Yagura writes this record when it
 * finds the package there, and when that is over. The webhook itself is no alert.
 */
export const securityAdvisory: WebhookKind = {
  events: ['security_advisory'],
  is: (webhook) =>
    textAt(webhook.security_advisory, 'ghsa') !== undefined && textAt(webhook.place, 'package') !== undefined,
  step: ({ security_advisory: advisory, place, step }) => {
    const number = wholeAt({ step }, 'step');
    const name = `${textAt(place, 'ecosystem') ?? ''}/${textAt(place, 'package') ?? ''}`;
    // One step told twice is one record, unless the advisory changed before it could be written down that it was told.
    const told = [textAt(advisory, 'ghsa'), name, number, textAt(advisory, 'updatedAt')];
    return number === undefined ? undefined : told.filter((part) => part !== undefined).join(':');
  },
  read,
};
