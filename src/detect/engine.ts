import { eventTime } from './event-time.ts';
import type { View } from './event-values.ts';
import { viewsOf } from './first-view.ts';
import { lookUp } from './look-up.ts';
import { matchedFields } from './matched-fields.ts';
import { Plan, type PlannedRule } from './plan.ts';
import { prepareEvent } from './prepare-event.ts';
import type { Pipeline } from './processing-pipeline.ts';
import { contains } from './read-filter.ts';
import { type Recognized, Recognizer } from './recognize.ts';
import type { Logsource, NativeEvent, Rule } from './rule.ts';
import { pathsOf } from './transform.ts';

/** A rule that an event matches. */
export interface Match {
  rule: Rule;
  /** The fields that passed a test of the rule, with their values; what a keyword was found in is under `keywords`. */
  fields: Record<string, unknown>;
  /** Any field of the event, as the rule would name it; a list when it has several values. */
  value(field: string): unknown;
}

/** What an event came to. */
export interface Detection {
  matches: Match[];
  /** False when no pipeline knows events like this one, so that no rule was asked. */
  recognized: boolean;
  /** Rules that had to be looked at. */
  looked: number;
  /** When it happened, in milliseconds since 1970, where its pipeline finds a time; read when it is asked for. */
  time(): number | undefined;
}

type EventPlan = Plan<Rule>;

/**
 * Matches events against rules. An event is recognized as of one or more log sources; the rules for them are compiled
 * the first time an event of those comes (`Plan`) and kept.
 */
export class Engine {
  private readonly rules: readonly Rule[];
  private readonly recognizer: Recognizer;
  private readonly plans = new Map<Recognized | string, EventPlan>();
  /** By the places of their rules. */
  private readonly shared = new Map<string, EventPlan>();
  private readonly places: ReadonlyMap<Rule, number>;

  /** Engines of the same pipelines may share what recognizes events. */
  constructor(rules: readonly Rule[], pipelines: readonly Pipeline[] | Recognizer) {
    this.rules = rules;
    this.places = new Map(rules.map((rule, place) => [rule, place]));
    this.recognizer = pipelines instanceof Recognizer ? pipelines : new Recognizer(pipelines);
  }

  /**
   * The rules an event matches, in the order they were read. With `logsource` nothing is recognized: the rules for it see
   * the event as it is.
   */
  match(event: NativeEvent, logsource?: Logsource): Match[] {
    return this.detect(event, logsource).matches;
  }

  detect(event: NativeEvent, logsource?: Logsource): Detection {
    const recognized = logsource ? undefined : this.recognizer.recognize(event);
    const prepared = recognized ? prepareEvent(event, recognized.pipeline) : event;
    const time = () => eventTime(prepared, recognized?.pipeline);
    const plan = logsource ? this.planFor(logsource) : recognized && this.planOf(recognized);
    if (!plan) return { matches: [], recognized: false, looked: 0, time };
    const matches = plan.match(prepared).map((one) => ({
      rule: one.rule,
      fields: matchedFields(one, plan),
      value: (field: string) => single(lookUp(prepared, one.view.pathsOf(field))),
    }));
    return { matches, recognized: true, looked: plan.looked, time };
  }

  private planFor(logsource: Logsource): EventPlan {
    const key = [logsource.category, logsource.product, logsource.service].join('\0');
    const known = this.plans.get(key);
    if (known) return known;
    const rules = this.rules.filter((rule) => contains(logsource, rule.logsource));
    const asked = rules.map((rule) => this.places.get(rule)).join();
    // Log sources that the same rules are for, such as those of hosts' own services, need no plan each.
    const plan =
      this.shared.get(asked) ?? new Plan(rules.map((rule) => ({ rule, expression: rule.expression, view: asItIs })));
    this.shared.set(asked, plan);
    this.plans.set(key, plan);
    return plan;
  }

  private planOf(recognized: Recognized): EventPlan {
    const known = this.plans.get(recognized);
    if (known) return known;
    const plan = planOf(this.rules, recognized);
    this.plans.set(recognized, plan);
    return plan;
  }
}

function single(values: readonly unknown[] | undefined): unknown {
  return values?.length === 1 ? values[0] : values;
}

const asItIs: View = { pathsOf: (field) => [[field]] };

/** The rules for the log sources of an event; one that is for several is asked as the first sees it. */
function planOf(rules: readonly Rule[], recognized: Recognized): EventPlan {
  const { pipeline } = recognized;
  const plain: View = { pathsOf: (field) => pathsOf(field, pipeline) };
  const views = new Map<string, View>();
  const viewOf = (names: ReadonlyMap<string, string[]>): View => {
    if (names.size === 0) return plain;
    const key = JSON.stringify([...names]);
    const view = views.get(key) ?? { pathsOf: (field) => pathsOf(field, pipeline, names) };
    views.set(key, view);
    return view;
  };
  const seenBy = viewsOf(recognized);
  const planned: PlannedRule<Rule>[] = [];
  for (const rule of rules) {
    const seen = seenBy(rule);
    if (seen) planned.push({ rule, expression: seen.expression, view: viewOf(seen.names) });
  }
  return new Plan(planned);
}
