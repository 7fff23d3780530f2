import { askedFields } from './correlation/chains.ts';
import type { CorrelationMatch } from './correlation/seen.ts';
import { TimeOrder } from './correlation/time-order.ts';
import { Engine, type Match } from './engine.ts';
import type { Pipeline } from './processing-pipeline.ts';
import type { Correlation, Logsource, NativeEvent, Rule, RuleSet } from './rule.ts';

/** An event to look at, and how the caller knows it again. */
export interface Observed<Ref> {
  event: NativeEvent;
  ref: Ref;
  /** Overrides what the event is recognized as. */
  logsource?: Logsource;
  /** Milliseconds since 1970; read from the event when left out, and that of the event before when it has none. */
  time?: number;
}

/** What one event brought: rules it matches, and correlations that need not wait any more. Silent ones are left out. */
export interface Found<Ref> {
  matches: Match[];
  correlations: CorrelationMatch<Ref>[];
  recognized: boolean;
}

/**
 * Rules and correlations over events in any order: of several files one after the other, or newest first. Correlations
 * are told of matches in the order in which they happened, so most come true at the end of the input.
 */
export class Detector<Ref> {
  readonly engine: Engine;
  private readonly order: TimeOrder<Ref>;
  private readonly asked: ReadonlyMap<Rule | Correlation, ReadonlySet<string>>;
  private lastTime = 0;

  constructor(
    { rules, correlations }: Pick<RuleSet, 'rules' | 'correlations'>,
    pipelines: readonly Pipeline[],
    mostHeld?: number,
  ) {
    this.engine = new Engine(rules, pipelines);
    this.order = new TimeOrder(correlations, mostHeld);
    this.asked = askedFields(correlations);
  }

  /** What the bounds on memory cost so far. */
  get dropped(): TimeOrder<Ref>['dropped'] {
    return this.order.dropped;
  }

  detect({ event, ref, logsource, time }: Observed<Ref>): Found<Ref> {
    const detection = this.engine.detect(event, logsource);
    const found: Found<Ref> = { matches: [], correlations: [], recognized: detection.recognized };
    for (const match of detection.matches) {
      const { rule } = match;
      if (!rule.silent) found.matches.push(match);
      const asked = this.asked.get(rule);
      if (!asked) continue;
      this.lastTime = time ?? detection.time() ?? this.lastTime;
      // Read while the event is here; what is held back must not keep it in memory.
      const values = new Map(Array.from(asked, (field) => [field, match.value(field)]));
      const seen = { rule, time: this.lastTime, value: (field: string) => values.get(field), ref };
      found.correlations.push(...heard(this.order.add(seen)));
    }
    return found;
  }

  /** The correlations that waited for the end of the input. */
  finish(): CorrelationMatch<Ref>[] {
    return heard(this.order.finish());
  }
}

function heard<Ref>(matches: CorrelationMatch<Ref>[]): CorrelationMatch<Ref>[] {
  return matches.filter(({ rule }) => !rule.silent);
}
