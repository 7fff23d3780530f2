import type { Correlation } from '../rule.ts';
import { Correlator } from './correlator.ts';
import type { CorrelationMatch, Seen } from './seen.ts';

/** Matches that are held back, at most. */
const mostHeld = 200_000;

/**
 * Tells a correlator of matches in the order in which they happened, whatever order they come in: for files that are
 * read one after the other, or stand newest first. Matches are held back; when there are too many, the older half is
 * told, and what comes later but happened earlier than those counts only where its windows are still open.
 */
export class TimeOrder<Ref> {
  private readonly correlator: Correlator<Ref>;
  private readonly most: number;
  private held: Seen<Ref>[] = [];

  /** @throws Error for a correlation that is built on itself. */
  constructor(correlations: readonly Correlation[], most = mostHeld) {
    this.correlator = new Correlator(correlations);
    this.most = most;
  }

  /** What the bounds on memory cost so far. */
  get dropped(): Correlator<Ref>['dropped'] {
    return this.correlator.dropped;
  }

  /** `value` is asked later, when the event is gone. Returns what came true by those that need not wait any more. */
  add(seen: Seen<Ref>): CorrelationMatch<Ref>[] {
    if (Number.isFinite(seen.time)) this.held.push(seen);
    return this.held.length < this.most ? [] : this.tell(Math.ceil(this.held.length / 2));
  }

  /** The end of the input: all that was held back, and the windows it leaves open. */
  finish(): CorrelationMatch<Ref>[] {
    return [...this.tell(this.held.length), ...this.correlator.finish()];
  }

  /** Those of one time stay in the order they came. */
  private tell(count: number): CorrelationMatch<Ref>[] {
    const sorted = this.held.sort((a, b) => a.time - b.time);
    this.held = sorted.slice(count);
    const matches = sorted.slice(0, count).flatMap((seen) => this.correlator.add(seen));
    const [next] = this.held;
    return next ? [...matches, ...this.correlator.advance(next.time)] : matches;
  }
}
