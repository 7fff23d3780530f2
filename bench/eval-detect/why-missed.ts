import { viewsOf } from '../../src/detect/first-view.ts';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';
import { type Recognized, Recognizer } from '../../src/detect/recognize.ts';
import type { NativeEvent, Rule } from '../../src/detect/rule.ts';
import { missingFields } from './missing-fields.ts';
import type { Recording } from './recordings.ts';
import { speaksOf, techniquesOf } from './techniques.ts';

export const missReasons = [
  'no rule is tagged with it',
  'rules for it want logs the recording does not have',
  'a rule for it lacks a field of the event',
  'rules for it ask for something else',
] as const;
export type MissReason = (typeof missReasons)[number];

/** Events of one kind that are looked at; more of the same say nothing new. */
const mostAlike = 8;

/** Why no rule for the techniques of a recording spoke, told apart without looking at what the recording is. */
export class WhyMissed {
  /** Fields that were lacking, with the rules that lacked them. */
  readonly lacking = new Map<string, Set<string>>();
  private readonly rules: readonly Rule[];
  private readonly recognizer = new Recognizer(loadPipelines());

  constructor(rules: readonly Rule[]) {
    this.rules = rules;
  }

  of({ techniques, lines }: Recording): MissReason {
    const rules = this.rules.filter(({ tags }) =>
      techniquesOf(tags).some((one) => techniques.some((technique) => speaksOf(one, technique))),
    );
    if (rules.length === 0) return 'no rule is tagged with it';
    let forIt = false;
    let lacks = false;
    for (const { event, recognized } of this.kinds(lines))
      for (const rule of rules) {
        if (!viewsOf(recognized)(rule)) continue;
        forIt = true;
        const fields = missingFields(rule, event, recognized);
        if (!fields) continue;
        lacks = true;
        const key = fields.join(' and ');
        this.lacking.set(key, (this.lacking.get(key) ?? new Set()).add(rule.title));
      }
    if (!forIt) return 'rules for it want logs the recording does not have';
    return lacks ? 'a rule for it lacks a field of the event' : 'rules for it ask for something else';
  }

  private *kinds(lines: readonly string[]): Generator<{ event: NativeEvent; recognized: Recognized }> {
    const seen = new Map<string, number>();
    for (const line of lines) {
      const event = JSON.parse(line) as NativeEvent;
      const recognized = this.recognizer.recognize(event);
      if (!recognized) continue;
      const inner = typeof event.EventData === 'object' && event.EventData !== null ? event.EventData : event;
      const kind = [event.Channel, event.EventID, ...Object.keys(inner).sort()].join();
      const count = seen.get(kind) ?? 0;
      seen.set(kind, count + 1);
      if (count < mostAlike) yield { event, recognized };
    }
  }
}
