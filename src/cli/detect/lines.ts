import type { CorrelationMatch } from '../../detect/correlation/seen.ts';
import type { RuleHead } from '../../detect/rule.ts';

/** An event as the person who gave the files knows it: `-` is standard input, events are counted from 0. */
export interface EventRef {
  file: string;
  event: number;
}

/** The lines of a rule all begin alike; JSON without its end. */
const heads = new WeakMap<RuleHead, string>();

function headOf(rule: RuleHead): string {
  const known = heads.get(rule);
  if (known !== undefined) return known;
  const { id, title, author, level, tags } = rule;
  const whole = JSON.stringify({ rule_id: id, title, author: author ?? null, level: level ?? null, tags });
  const head = whole.slice(0, -1);
  heads.set(rule, head);
  return head;
}

/** `fields` is JSON of what matched. */
export function matchLine(rule: RuleHead, { file, event }: EventRef, fields: string): string {
  return `${headOf(rule)},"file":${JSON.stringify(file)},"event":${event},"fields":${fields}}\n`;
}

export function correlationLine({ rule, refs, group }: CorrelationMatch<EventRef>): string {
  return `${headOf(rule)},"events":${JSON.stringify(refs)},"fields":${JSON.stringify(group)}}\n`;
}
