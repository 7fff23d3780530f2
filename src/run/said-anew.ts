import type { Advisory } from '../domain/advisory.ts';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import type { Said, Told } from '../store/exposures.ts';

/** Steps of EPSS that are told: it moves a little every day. */
const epssStep = 0.05;

/** What an alert says of an advisory. */
export function saidOf({ severity, malware, summary, cve, epss }: Advisory): Said {
  return { severity, malware, words: sha256(canonicalJson([summary, cve])), ...(epss !== undefined && { epss }) };
}

/** Whether what is shown of a place is not what was told of it. */
export function saysAnew(told: Told, now: Pick<Told, 'place' | 'said'>, likelyFrom: number): boolean {
  const { severity, words = now.said.words, epss } = told.said;
  return (
    severity !== now.said.severity ||
    words !== now.said.words ||
    epssMoved(epss, now.said.epss, likelyFrom) ||
    ['range', 'fixed', 'certain'].some((key) => told.place[key] !== now.place[key])
  );
}

/** What is not told any more was told; what makes it likely to be exploited, or no more, is told at once. */
function epssMoved(before: number | undefined, now: number | undefined, likelyFrom: number): boolean {
  if (now === undefined) return false;
  if (before === undefined) return true;
  return Math.abs(now - before) >= epssStep || before >= likelyFrom !== now >= likelyFrom;
}
