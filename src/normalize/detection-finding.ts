import type { ParsedAlert } from '../domain/alert.ts';
import type { Attribution } from '../domain/attribution.ts';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { cutText } from '../domain/cut.ts';
import type { Detection, DetectionRule } from '../domain/detection.ts';
import type { AlertEntity } from '../domain/entity.ts';
import type { Policy } from '../domain/policy.ts';
import { type Severity, severities } from '../domain/severity.ts';
import { finding } from './finding.ts';
import type { NativeEventRecord } from './native-event-record.ts';

/** Fields of what matched that are quoted before the event's own. */
const mostMatched = 3;

/** Longest text of a rule that is kept of any one of its attributes. */
const longest = 500;

/** The alert of a rule that matched an event. Pure. */
export function detectionFinding(
  source: { name: string; product: { vendor: string; name: string } },
  record: NativeEventRecord,
  { rule, fields }: Detection,
  of: RuleVersion,
  parts?: readonly NativeEventRecord[],
): ParsedAlert {
  const { entities, quoted, attributes } = record.facts(parts);
  const matched = Object.entries(fields).map(([name, value]) => [name, asText(value)] as const);
  const said = new Set(matched.slice(0, mostMatched).map(([, value]) => value));
  const name = ruleName(rule);
  return finding({
    kind: 'threat',
    source: source.name,
    vendor: source.product.vendor,
    product: `Sigma on ${source.product.name}`,
    uid: `${name}@${sha256(canonicalJson(record.event)).slice(0, 32)}`,
    title: rule.title,
    description: rule.description,
    rule: name,
    severity: severityOf(rule),
    time: record.time,
    entities,
    techniques: techniquesOf(rule),
    quoted: [...matched.slice(0, mostMatched), ...quoted.filter(([, value]) => !said.has(String(value)))],
    fingerprint: whoAndWhere(entities),
    class: 2004,
    attributes: { is_alert: true, ...attributes },
    attribution: attributionOf(rule, of),
  });
}

/** The rule's id, or where it stands when it has none. */
export function ruleName({ id, path, line }: DetectionRule): string {
  return id || `${path}:${line}`;
}

/** What two matches of a rule share when they are repeats: host and account, else what the event names first. */
function whoAndWhere(entities: AlertEntity[]): string[] {
  const found = (['host', 'user'] as const).flatMap((type) => entities.find((e) => e.type === type) ?? []);
  return (found.length > 0 ? found : entities.slice(0, 1)).map((e) => `${e.type}:${e.value}`);
}

/** A rule without a level is read as medium: somebody wrote it to be told. */
export function severityOf({ level }: DetectionRule): Severity {
  return level !== 'unknown' ? (severities.find((known) => known === level) ?? 'medium') : 'medium';
}

/** ATT&CK techniques among the tags: `attack.t1059.001`. */
export function techniquesOf({ tags }: DetectionRule): string[] {
  return tags.flatMap((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase() ?? []);
}

/**
 * SigmaHQ's rules are published under the Detection Rule License 1.1 without naming it in each file. They are known by
 * their folder.
 */
function licenseOf({ license, path }: DetectionRule): string | undefined {
  return license ?? (/(?:^|\/)sigma(?:hq)?\//i.test(path) ? 'DRL-1.1' : undefined);
}

/** Of which commit of which config repository (`owner/name`) rules are. */
export type RuleVersion = Pick<Policy, 'repository' | 'commit'>;

export function attributionOf(rule: DetectionRule, { repository, commit }: RuleVersion): Attribution {
  const license = licenseOf(rule)?.slice(0, longest);
  return {
    ruleId: rule.id,
    title: cutText(rule.title, longest),
    ...(rule.author === undefined ? {} : { author: cutText(rule.author, longest) }),
    ...(license === undefined ? {} : { license }),
    ...(rule.level === undefined ? {} : { level: rule.level }),
    tags: rule.tags.slice(0, 50).map((tag) => cutText(tag, longest)),
    file: `${rule.path}:${rule.line}`,
    link: `/${repository}/blob/${commit}/${encodeURI(rule.path)}#L${rule.line}`,
  };
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
