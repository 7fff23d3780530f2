import type { BlockAnswer, BlockEvent, BlockMatch } from './block-answer.ts';
import { linesOfBlock } from './block-lines.ts';
import { Counted } from './counted.ts';
import { type Detection, Engine } from './engine.ts';
import type { Pipeline } from './processing-pipeline.ts';
import type { Logsource, NativeEvent, Rule, RuleSet } from './rule.ts';

/** Matches the events of blocks of NDJSON, and answers in plain data. */
export class BlockMatcher {
  private readonly engine: Engine;
  private readonly counted: Counted;
  private readonly places: ReadonlyMap<Rule, number>;
  private readonly logsource: Logsource | undefined;

  constructor(
    { rules, correlations }: Pick<RuleSet, 'rules' | 'correlations'>,
    pipelines: readonly Pipeline[],
    logsource?: Logsource,
  ) {
    this.engine = new Engine(rules, pipelines);
    this.counted = new Counted(correlations);
    this.places = new Map(rules.map((rule, place) => [rule, place]));
    this.logsource = logsource;
  }

  match(block: Buffer): BlockAnswer {
    const answer: BlockAnswer = { lines: 0, events: [], left: [] };
    for (const text of linesOfBlock(block)) {
      const line = answer.lines;
      answer.lines += 1;
      const event = eventOf(text);
      const detection = event && this.engine.detect(event, this.logsource);
      if (!detection?.recognized) answer.left.push({ line, text });
      else if (detection.matches.length > 0) answer.events.push(this.told(line, detection));
    }
    return answer;
  }

  private told(line: number, detection: Detection): BlockEvent {
    let counts = false;
    const matches = detection.matches.map((match): BlockMatch => {
      const values = this.counted.valuesOf(match);
      counts ||= values !== undefined;
      return {
        rule: this.places.get(match.rule) ?? -1,
        ...(match.rule.silent ? {} : { fields: JSON.stringify(match.fields) }),
        ...(values ? { values } : {}),
      };
    });
    const time = counts ? detection.time() : undefined;
    return { line, matches, ...(time === undefined ? {} : { time }) };
  }
}

/** An object that fills the line from its first character. */
function eventOf(line: string): NativeEvent | undefined {
  if (line.charCodeAt(0) !== 0x7b) return undefined;
  try {
    return JSON.parse(line) as NativeEvent;
  } catch {
    return undefined;
  }
}
