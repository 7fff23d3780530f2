import type { Assessment } from '../../domain/assessment.ts';
import type { Claim } from '../../domain/report.ts';
import type { Sentence } from '../../domain/sentence.ts';
import { gateClaim, gateText } from './claim-gate.ts';
import type { Ground } from './ground.ts';
import type { ClaimAnswer } from './model-answer.ts';

/** Runs the gates over one answer and counts what they take out, by reason. */
export class Dropped {
  readonly ground: Ground;
  readonly #counts = new Map<string, number>();

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** The claim when it passes. */
  claim(claim: ClaimAnswer): Claim | undefined {
    const gated = gateClaim(claim, this.ground);
    if ('claim' in gated) return gated.claim;
    this.add(gated.dropped);
    return undefined;
  }

  /** The first `most` claims, without those that do not pass. */
  claims(claims: ClaimAnswer[], most: number): Claim[] {
    return this.first(claims, most).flatMap((claim) => this.claim(claim) ?? []);
  }

  /** A text that is no claim, when it passes. */
  text(text: string): Sentence | undefined {
    const gated = gateText(text, this.ground);
    if ('text' in gated) return gated.text;
    this.add(gated.dropped);
    return undefined;
  }

  /** The first `most` of a list; the others are counted. */
  first<T>(list: T[], most: number): T[] {
    if (list.length > most) this.add('more than a report may hold', list.length - most);
    return list.slice(0, most);
  }

  add(reason: string, count = 1): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
  }

  /** What was taken out so far, most frequent first. */
  counts(): Assessment['dropped'] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
  }
}
