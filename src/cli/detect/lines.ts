import type { CorrelationMatch } from '../../detect/correlation/seen.ts';
import type { Match } from '../../detect/engine.ts';
import type { RuleHead } from '../../detect/rule.ts';

/** An event as the person who gave the files knows it: `-` is standard input, events are counted from 0. */
export interface EventRef {
  file: string;
  event: number;
}

function headOf({ id, title, author, level, tags }: RuleHead) {
  return { rule_id: id, title, author: author ?? null, level: level ?? null, tags };
}

export function matchLine({ rule, fields }: Match, ref: EventRef): string {
  return JSON.stringify({ ...headOf(rule), ...ref, fields });
}

export function correlationLine({ rule, refs, group }: CorrelationMatch<EventRef>): string {
  return JSON.stringify({ ...headOf(rule), events: refs, fields: group });
}
