import { entityKey } from '../../src/domain/entity.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Report } from '../../src/domain/report.ts';
import { askedAbout, stringsOf } from './evidence-text.ts';
import { claimsOf } from './report-claims.ts';
import type { MustFind } from './truth.ts';

/** Whether a record holds the fact: every part by which the truth says it is recognised. */
function holds(record: Evidence, { tool, outcome, entity, text }: MustFind): boolean {
  return (
    record.outcome === outcome &&
    (tool === undefined || record.tool === tool) &&
    (entity === undefined || askedAbout(record) === entity) &&
    (text === undefined || stringsOf(record).some((one) => one.includes(text)))
  );
}

/** How far a report got with a fact: a claim says it, a claim cites where it stands, or nobody looked. */
export type Reach = 'said' | 'cited' | 'missed';

/**
 * `cited`: a claim cites a record that holds the fact. `said`: such a claim also quotes the fact's text, or names its
 * entity where the fact is no text. A list of raw records that were kept cites much and says nothing.
 */
export function reachOf(fact: MustFind, report: Report, evidence: readonly Evidence[]): Reach {
  const there = new Set(evidence.filter((one) => holds(one, fact)).map(({ id }) => id));
  const citing = claimsOf(report).filter((claim) => claim.evidence.some((id) => there.has(id)));
  if (citing.length === 0) return 'missed';
  const says = citing.some(({ text }) =>
    text.some((part) => {
      if (typeof part === 'string') return fact.text !== undefined && part.includes(fact.text);
      if ('quote' in part) return fact.text !== undefined && overlap(part.quote, fact.text);
      return 'entity' in part && fact.text === undefined && entityKey(part.entity) === fact.entity;
    }),
  );
  const bare = fact.text === undefined && fact.entity === undefined;
  return says || bare ? 'said' : 'cited';
}

/** A shorter quote of the same place says it too; one of a few letters does not. */
function overlap(quote: string, text: string): boolean {
  return quote.includes(text) || (quote.length >= 8 && text.includes(quote));
}
