import { Correlator } from './correlation/correlator.ts';
import type { CorrelationMatch } from './correlation/seen.ts';
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

/** What one event brought: rules it matches, correlations it completed. Silent ones are left out. */
export interface Found<Ref> {
  matches: Match[];
  correlations: CorrelationMatch<Ref>[];
  recognized: boolean;
}

/** Rules and correlations over a stream of events. */
export class Detector<Ref> {
  readonly engine: Engine;
  private readonly correlator: Correlator<Ref>;
  private readonly correlated: ReadonlySet<Rule | Correlation>;
  private lastTime = 0;

  constructor(rules: Pick<RuleSet, 'rules' | 'correlations'>, pipelines: readonly Pipeline[]) {
    this.engine = new Engine(rules.rules, pipelines);
    this.correlator = new Correlator(rules.correlations);
    this.correlated = new Set(rules.correlations.flatMap((one) => one.rules));
  }

  /** What the bounds on memory cost so far. */
  get dropped(): Correlator<Ref>['dropped'] {
    return this.correlator.dropped;
  }

  detect({ event, ref, logsource, time }: Observed<Ref>): Found<Ref> {
    const detection = this.engine.detect(event, logsource);
    const found: Found<Ref> = { matches: [], correlations: [], recognized: detection.recognized };
    for (const match of detection.matches) {
      const { rule, value } = match;
      if (!rule.silent) found.matches.push(match);
      if (!this.correlated.has(rule)) continue;
      this.lastTime = time ?? detection.time() ?? this.lastTime;
      const came = this.correlator.add({ rule, time: this.lastTime, value, ref });
      found.correlations.push(...came.filter((one) => !one.rule.silent));
    }
    return found;
  }

  /** Correlations whose windows the end of the input closes. */
  finish(): CorrelationMatch<Ref>[] {
    return this.correlator.finish().filter((one) => !one.rule.silent);
  }
}
