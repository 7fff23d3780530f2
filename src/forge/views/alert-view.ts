import type { ForgeState } from '../forge-state.ts';
import { fullName, repositoryById } from '../lookups.ts';
import type { Scanner, ScannerAlert } from '../state/entities.ts';
import { hookRepository } from '../webhooks/emit.ts';

type Fields = Record<string, unknown>;

/** An alert as its scanner's list shows it: what was staged, and an example of our own for the rest. */
export function alertView(forge: ForgeState, alert: ScannerAlert): Fields {
  const of = fullName(forge, repositoryById(forge, alert.repoId));
  const common = {
    number: alert.number,
    state: alert.state,
    created_at: alert.createdAt,
    updated_at: alert.updatedAt,
    url: `${forge.apiUrl}/repos/${of}/${alert.scanner}/alerts/${alert.number}`,
    html_url: `${forge.url}/${of}/security/${alert.scanner}/${alert.number}`,
  };
  return { ...examples[alert.scanner](common.url), ...alert.fields, ...common };
}

/** The same beside its repository, as an organization's list shows it. */
export function alertOfOrganization(forge: ForgeState, alert: ScannerAlert): Fields {
  const repository = hookRepository(forge, repositoryById(forge, alert.repoId));
  return { ...alertView(forge, alert), repository };
}

const examples: Record<Scanner, (url: string) => Fields> = {
  dependabot: () => dependabotExample(),
  'code-scanning': codeExample,
  'secret-scanning': secretExample,
};

function dependabotExample(): Fields {
  const vulnerability = {
    package: { ecosystem: 'npm', name: 'left-padder' },
    severity: 'high',
    vulnerable_version_range: '>= 2.0.0, < 2.4.1',
    first_patched_version: { identifier: '2.4.1' },
  };
  return {
    dependency: {
      package: vulnerability.package,
      manifest_path: 'package-lock.json',
      scope: 'runtime',
      relationship: 'transitive',
    },
    security_advisory: {
      ghsa_id: 'GHSA-2222-3333-4444',
      cve_id: null,
      summary: 'left-padder runs text from its input',
      description: 'Text given to the function pad is run as a program.',
      severity: 'high',
      identifiers: [{ type: 'GHSA', value: 'GHSA-2222-3333-4444' }],
      references: [{ url: 'https://github.com/advisories/GHSA-2222-3333-4444' }],
      published_at: '2026-02-28T00:00:00Z',
      updated_at: '2026-02-28T12:00:00Z',
      withdrawn_at: null,
      vulnerabilities: [vulnerability],
      cvss: { vector_string: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H', score: 8.8 },
      cwes: [{ cwe_id: 'CWE-94', name: 'Improper Control of Generation of Code' }],
    },
    security_vulnerability: vulnerability,
    dismissed_at: null,
    dismissed_by: null,
    dismissed_reason: null,
    dismissed_comment: null,
    fixed_at: null,
    auto_dismissed_at: null,
  };
}

function codeExample(url: string): Fields {
  return {
    instances_url: `${url}/instances`,
    fixed_at: null,
    dismissed_by: null,
    dismissed_at: null,
    dismissed_reason: null,
    dismissed_comment: null,
    rule: {
      id: 'js/sql-from-input',
      name: 'js/sql-from-input',
      severity: 'error',
      security_severity_level: 'high',
      description: 'A query is made of what a user typed',
      tags: ['security', 'external/cwe/cwe-089'],
    },
    tool: { name: 'CodeQL', guid: null, version: '2.20.1' },
    most_recent_instance: {
      ref: 'refs/heads/main',
      analysis_key: 'codeql.yml:analyze',
      environment: '{}',
      category: 'codeql.yml:analyze',
      state: 'open',
      commit_sha: '00000000000000000000000000000000000000c8',
      message: { text: 'This query depends on what a user typed.' },
      location: { path: 'src/orders.js', start_line: 40, end_line: 40, start_column: 9, end_column: 31 },
      classifications: [],
    },
  };
}

function secretExample(url: string): Fields {
  return {
    locations_url: `${url}/locations`,
    resolution: null,
    resolved_at: null,
    resolved_by: null,
    resolution_comment: null,
    secret_type: 'stripe_api_key',
    secret_type_display_name: 'Stripe API Key',
    validity: 'active',
    publicly_leaked: false,
    multi_repo: false,
    push_protection_bypassed: false,
    push_protection_bypassed_at: null,
    push_protection_bypassed_by: null,
  };
}
