import type { CorrelationMatch } from './correlation/seen.ts';
import { TimeOrder } from './correlation/time-order.ts';
import { Counted, type CountedMatch } from './counted.ts';
import { Engine, type Match } from './engine.ts';
import type { Pipeline } from './processing-pipeline.ts';
import type { Logsource, NativeEvent, Rule, RuleSet } from './rule.ts';

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
  readonly rules: readonly Rule[];
  private readonly engine: Engine;
  private readonly order: TimeOrder<Ref>;
  private readonly counted: Counted;
  private lastTime = 0;

  constructor(
    { rules, correlations }: Pick<RuleSet, 'rules' | 'correlations'>,
    pipelines: readonly Pipeline[],
    mostHeld?: number,
  ) {
    this.rules = rules;
    this.engine = new Engine(rules, pipelines);
    this.order = new TimeOrder(correlations, mostHeld);
    this.counted = new Counted(correlations);
  }

  /** What the bounds on memory cost so far. */
  get dropped(): TimeOrder<Ref>['dropped'] {
    return this.order.dropped;
  }

  detect({ event, ref, logsource, time }: Observed<Ref>): Found<Ref> {
    const detection = this.engine.detect(event, logsource);
    const counted: CountedMatch[] = [];
    for (const match of detection.matches) {
      const values = this.counted.valuesOf(match);
      if (values) counted.push({ rule: match.rule, values });
    }
    return {
      matches: detection.matches.filter(({ rule }) => !rule.silent),
      correlations: counted.length === 0 ? [] : this.count(ref, counted, time ?? detection.time()),
      recognized: detection.recognized,
    };
  }

  /** Counts matches of one event that another engine made; milliseconds since 1970. */
  count(ref: Ref, matches: readonly CountedMatch[], time: number | undefined): CorrelationMatch<Ref>[] {
    const at = time ?? this.lastTime;
    this.lastTime = at;
    return matches.flatMap(({ rule, values }) =>
      heard(this.order.add({ rule, time: at, value: (field) => values.get(field), ref })),
    );
  }

  /** The correlations that waited for the end of the input. */
  finish(): CorrelationMatch<Ref>[] {
    return heard(this.order.finish());
  }
}

function heard<Ref>(matches: CorrelationMatch<Ref>[]): CorrelationMatch<Ref>[] {
  return matches.filter(({ rule }) => !rule.silent);
}
