import type { Claim } from '../domain/report.ts';
import { brief } from './brief.ts';
import { sentence } from './sentence.ts';
import { plainStart } from './text.ts';

/** `[E1][E4]`: what a sentence stands on. */
export function cited(evidence: string[]): string {
  return evidence
    .filter((id) => /^E\d{1,9}$/.test(id))
    .slice(0, 8)
    .map((id) => `[${id}]`)
    .join('');
}

/** A sentence of a report with the evidence it stands on. */
export function claimLine(claim: Claim): string {
  return `- ${plainStart(sentence(claim.text))} ${cited(claim.evidence)}`.trimEnd();
}

/** The same within a line of ours, without its full stop; empty when it stands on nothing. */
export function claimText(claim: Claim | undefined, limit?: number): string {
  const ids = claim ? cited(claim.evidence) : '';
  return claim && ids !== '' ? `${brief(claim.text, limit)} ${ids}` : '';
}
