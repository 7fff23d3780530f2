import type { ParsedAlert } from '../domain/alert.ts';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import type { CompletedCorrelation } from '../domain/detection.ts';
import type { AlertEntity } from '../domain/entity.ts';
import { entityKey } from '../domain/entity.ts';
import { attributionOf, type RuleVersion, ruleName, severityOf, techniquesOf } from './detection-finding.ts';
import { mostEntities } from './entity-list.ts';
import { finding } from './finding.ts';

/** The alert of a correlation rule that came true. Pure. */
export function correlationFinding(completed: CompletedCorrelation, of: RuleVersion): ParsedAlert {
  const { rule, events, at, timespan, group, value, entities } = completed;
  const name = ruleName(rule);
  const common = Object.entries(group);
  return finding({
    kind: 'threat',
    source: 'sigma',
    vendor: 'Sigma',
    product: 'Sigma correlation',
    uid: `${name}@${sha256(canonicalJson([at, group])).slice(0, 32)}`,
    title: rule.title,
    description: rule.description,
    rule: name,
    severity: severityOf(rule),
    time: at,
    entities: distinct(entities),
    techniques: techniquesOf(rule),
    quoted: [
      ['events', `${events} within ${spanText(timespan)}`],
      ...common,
      ...(value === undefined ? [] : [['value', String(value)] as const]),
    ],
    fingerprint: common.map(([field, text]) => `${field}:${text}`),
    class: 2004,
    attributes: { is_alert: true, count: events },
    attribution: attributionOf(rule, of),
  });
}

function distinct(entities: readonly AlertEntity[]): AlertEntity[] {
  const first = new Map<string, AlertEntity>();
  for (const entity of entities) if (!first.has(entityKey(entity))) first.set(entityKey(entity), entity);
  return [...first.values()].slice(0, mostEntities);
}

const units = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

/** Seconds as people say them: `10 min`. */
function spanText(seconds: number): string {
  const [size, unit] = units.find(([length]) => seconds % length === 0) ?? [1, 's'];
  return `${seconds / size} ${unit}`;
}
