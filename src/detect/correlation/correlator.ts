import type { Correlation, Rule } from '../rule.ts';
import { type Arrival, arrivalOf, matchOf } from './arrival.ts';
import { askedFields, delays, innerFirst } from './chains.ts';
import { type CorrelationLimits, defaultLimits } from './correlation-limits.ts';
import { CorrelationState, type Dropped, type GroupFired } from './correlation-state.ts';
import { definitionOf } from './definition.ts';
import type { GroupSnapshot } from './group-state.ts';
import type { CorrelationMatch, Seen } from './seen.ts';

/** What `Correlator.snapshot` gives: plain data, as far as `Ref` is. */
export interface CorrelatorSnapshot<Ref> {
  version: 1;
  promised: number | null;
  /** By what the correlation asks for; groups idle longest first. */
  states: [definition: string, groups: GroupSnapshot<Ref>[]][];
}

/**
 * Evaluates correlation rules over a stream of matches of the rules they name. Windows are of event time; groups do not
 * see each other, so that one clock gone wrong harms its own group only. The same calls give the same matches.
 *
 * A match of an inner correlation is told beside those of the correlations built on it; whether it is `silent` is for
 * the caller to look at.
 */
export class Correlator<Ref> {
  readonly dropped: Readonly<Dropped>;
  readonly #dropped: Dropped = { groups: 0, events: 0, late: 0 };
  readonly #limits: CorrelationLimits;
  /** Inner correlations first. */
  readonly #states: CorrelationState<Ref>[];
  readonly #users = new Map<Rule | Correlation, CorrelationState<Ref>[]>();
  #promised = Number.NEGATIVE_INFINITY;
  #touches = 0;

  /** @throws Error for a correlation that is built on itself. */
  constructor(correlations: readonly Correlation[], limits: Partial<CorrelationLimits> = {}) {
    this.dropped = this.#dropped;
    this.#limits = { ...defaultLimits, ...limits };
    const ordered = innerFirst(correlations);
    const delay = delays(ordered);
    const asked = askedFields(ordered);
    this.#states = ordered.map(
      (correlation) =>
        new CorrelationState(correlation, {
          delay: delay.get(correlation) ?? 0,
          carried: asked.get(correlation) ?? new Set(),
          limits: this.#limits,
          dropped: this.#dropped,
        }),
    );
    for (const state of this.#states)
      for (const rule of new Set(state.correlation.rules))
        this.#users.set(rule, [...(this.#users.get(rule) ?? []), state]);
  }

  /** A match of a rule, in any order within the timespan. Returns what came true by it; nothing for one without a time. */
  add(seen: Seen<Ref>): CorrelationMatch<Ref>[] {
    const matches: CorrelationMatch<Ref>[] = [];
    if (!Number.isFinite(seen.time)) return matches;
    this.#arrive(arrivalOf(seen), matches);
    this.#shrink(matches);
    return matches;
  }

  /**
   * A promise that no event older than `time` (milliseconds) will come: windows that end before it are judged, what can
   * no longer match is forgotten. An event that comes all the same counts where no judged window would have held it.
   */
  advance(time: number): CorrelationMatch<Ref>[] {
    const matches: CorrelationMatch<Ref>[] = [];
    if (time <= this.#promised) return matches;
    // Until the outer ones are closed too, matches of inner ones that end here are within the earlier promise.
    for (const state of this.#states) this.#tell(state, state.close(time), matches);
    this.#promised = time;
    return matches;
  }

  /** The end of the input: every open window is judged, nothing is remembered. */
  finish(): CorrelationMatch<Ref>[] {
    const matches = this.advance(Number.POSITIVE_INFINITY);
    this.#promised = Number.NEGATIVE_INFINITY;
    return matches;
  }

  /**
   * What is remembered, as plain data (as far as `Ref` is): given to `restore` of a new correlator it goes on as this
   * one would. Kept together with the position in the stream it was taken at, it makes a restart exact.
   */
  snapshot(): CorrelatorSnapshot<Ref> {
    const promised = Number.isFinite(this.#promised) ? this.#promised : null;
    const states = this.#states.map((state): [string, GroupSnapshot<Ref>[]] => [
      definitionOf(state.correlation),
      state.snapshot(),
    ]);
    return { version: 1, promised, states };
  }

  /** Takes up a snapshot; of a correlation that reads differently since, nothing is taken. */
  restore(snapshot: CorrelatorSnapshot<Ref>): void {
    this.#promised = snapshot.promised ?? Number.NEGATIVE_INFINITY;
    const states = new Map(snapshot.states);
    for (const state of this.#states)
      state.restore(states.get(definitionOf(state.correlation)) ?? [], () => ++this.#touches);
  }

  #arrive(arrival: Arrival<Ref>, matches: CorrelationMatch<Ref>[]): void {
    for (const state of this.#users.get(arrival.rule) ?? [])
      this.#tell(state, state.add(arrival, this.#promised, ++this.#touches), matches);
  }

  #tell(state: CorrelationState<Ref>, fired: GroupFired<Ref>[], matches: CorrelationMatch<Ref>[]): void {
    for (const one of fired) {
      const { match, arrival } = matchOf(state.correlation, one.texts, one);
      matches.push(match);
      this.#arrive(arrival, matches);
    }
  }

  #shrink(matches: CorrelationMatch<Ref>[]): void {
    while (this.#states.reduce((sum, state) => sum + state.weight, 0) > this.#limits.total) {
      const idle = this.#states.filter((state) => state.idleSince !== undefined);
      const [first, ...others] = idle;
      if (!first) return;
      const idlest = others.reduce((a, b) => ((b.idleSince ?? 0) < (a.idleSince ?? 0) ? b : a), first);
      this.#tell(idlest, idlest.evict(), matches);
    }
  }
}
