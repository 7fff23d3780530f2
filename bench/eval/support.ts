import { entityKey } from '../../src/domain/entity.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Claim, Report } from '../../src/domain/report.ts';
import { stringsOf } from './evidence-text.ts';
import { claimsOf } from './report-claims.ts';

/**
 * Claims that do not stand on evidence of this incident, each with why: it cites none, cites what is not there, quotes
 * what is in none of the records it cites, or names an entity that neither they nor the alerts have. Written apart from
 * the gates that should have taken such a claim out, so that one mistake does not hide in both.
 */
export function unsupportedClaims(report: Report, evidence: Evidence[], entities: ReadonlySet<string>): string[] {
  const byId = new Map(evidence.map((one) => [one.id, one]));
  return claimsOf(report).flatMap((claim) => {
    const why = fault(claim, byId, entities);
    return why === undefined ? [] : [why];
  });
}

function fault(
  { text, evidence }: Claim,
  byId: ReadonlyMap<string, Evidence>,
  entities: ReadonlySet<string>,
): string | undefined {
  if (evidence.length === 0) return 'cites nothing';
  const missing = evidence.find((id) => !byId.has(id));
  if (missing !== undefined) return `cites ${missing}, which does not exist`;
  const records = evidence.flatMap((id) => byId.get(id) ?? []).map(stringsOf);
  for (const part of text) {
    if (typeof part === 'string' || 'issue' in part) continue;
    const value = 'quote' in part ? part.quote : part.entity.value;
    if ('entity' in part && entities.has(entityKey(part.entity))) continue;
    if (!records.some((strings) => strings.some((one) => one.includes(value))))
      return 'quote' in part ? `quotes "${value}", which is not there` : `names ${value}, which is not there`;
  }
  return undefined;
}
