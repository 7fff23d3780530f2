import type { Claim } from '../../domain/report.ts';
import type { Ground } from './ground.ts';
import type { ClaimAnswer } from './model-answer.ts';
import { type DropReason, gateSentence } from './sentence-gate.ts';

/** Most evidence one claim may cite; more is a claim about everything, which nobody can check. */
const mostCited = 12;

/**
 * A claim of a model as people may see it, or why they may not: it cites evidence of this incident and nothing else,
 * quotes only what stands in a cited record, and names only indicators the incident or a cited record has.
 */
export function gateClaim(claim: ClaimAnswer, ground: Ground): { claim: Claim } | { dropped: DropReason } {
  const evidence = [...new Set(claim.evidence)];
  if (evidence.length === 0) return { dropped: 'cites nothing' };
  if (evidence.length > mostCited) return { dropped: 'is too long' };
  if (!evidence.every((id) => ground.evidence.has(id))) return { dropped: 'names evidence that does not exist' };
  const gated = gateSentence(claim.text, ground, evidence);
  return 'dropped' in gated ? gated : { claim: { text: gated.text, evidence } };
}

/** A text of a model that is no claim: the same, held against everything the incident has. */
export function gateText(text: string, ground: Ground): ReturnType<typeof gateSentence> {
  return gateSentence(text, ground, [...ground.evidence.keys()]);
}
