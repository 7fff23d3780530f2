import type { AdvisedPackage, Advisory } from '../../domain/advisory.ts';
import { cutText } from '../../domain/cut.ts';
import { at, listAt, textAt } from '../fields/at.ts';
import { readSeverity } from '../fields/read-severity.ts';
import { readTime } from '../fields/read-time.ts';

const longestText = 4096;
const longestPart = 200;

/** How likely it is that the vulnerability is exploited within thirty days (first.org/epss), as GitHub gives it; 0 to 1. */
export function epssOf(advisory: unknown): number | undefined {
  const likely = at(advisory, 'epss.percentage') ?? at(advisory, 'epss.0.percentage');
  return typeof likely === 'number' && likely >= 0 && likely <= 1 ? likely : undefined;
}

/**
 * Whether an advisory is about a package that does harm by itself. The REST API says `type: malware`; webhooks leave that
 * out, and there CWE-506 (embedded malicious code) tells, which GitHub puts on every advisory of malware.
 */
export function saysMalware(advisory: unknown): boolean {
  const said = [textAt(advisory, 'type'), textAt(advisory, 'classification')].map((one) => one?.toLowerCase());
  return said.includes('malware') || listAt(advisory, 'cwes').some((cwe) => textAt(cwe, 'cwe_id') === 'CWE-506');
}

/** The advisory of a `security_advisory` webhook or of an alert of Dependabot; undefined when it has no id or packages. */
export function readAdvisory(advisory: unknown, action = ''): Advisory | undefined {
  const ghsa = textAt(advisory, 'ghsa_id');
  const packages = listAt(advisory, 'vulnerabilities').flatMap(packageOf);
  if (ghsa === undefined || !/^GHSA(-[0-9a-z]{4}){3}$/i.test(ghsa) || packages.length === 0) return undefined;
  const updatedAt = readTime(at(advisory, 'updated_at')) ?? readTime(at(advisory, 'published_at'));
  if (updatedAt === undefined) return undefined;
  const withdrawnAt = readTime(at(advisory, 'withdrawn_at')) ?? (action === 'withdrawn' ? updatedAt : undefined);
  const cve = textAt(advisory, 'cve_id') ?? cveOf(advisory);
  const description = textAt(advisory, 'description');
  const publishedAt = readTime(at(advisory, 'published_at'));
  const epss = epssOf(advisory);
  return {
    ghsa,
    ...(cve !== undefined && { cve: cutText(cve, longestPart) }),
    summary: cutText(textAt(advisory, 'summary') ?? ghsa, 300),
    ...(description !== undefined && { description: cutText(description, longestText) }),
    severity: readSeverity(textAt(advisory, 'severity')),
    ...(epss !== undefined && { epss }),
    malware: saysMalware(advisory),
    packages,
    ...(publishedAt && { publishedAt }),
    updatedAt,
    ...(withdrawnAt && { withdrawnAt }),
  };
}

function cveOf(advisory: unknown): string | undefined {
  const found = listAt(advisory, 'identifiers').find((one) => textAt(one, 'type') === 'CVE');
  return textAt(found, 'value');
}

function packageOf(one: unknown): AdvisedPackage[] {
  const ecosystem = textAt(one, 'package.ecosystem');
  const name = textAt(one, 'package.name');
  const range = textAt(one, 'vulnerable_version_range');
  if (ecosystem === undefined || name === undefined || range === undefined) return [];
  if (name.length > 214 || range.length > longestPart || ecosystem.length > 40) return [];
  const fixed = textAt(one, 'first_patched_version.identifier') ?? textAt(one, 'first_patched_version');
  return [{ ecosystem, name, range, ...(fixed !== undefined && { fixed: cutText(fixed, 60) }) }];
}
