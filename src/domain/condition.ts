import { inBlock } from './address.ts';
import type { AlertKind } from './alert.ts';
import type { AlertEntity, Entity } from './entity.ts';
import type { Condition } from './policy.ts';
import type { Scope } from './scope.ts';
import { atLeast, type Severity } from './severity.ts';

/** What a condition is asked about. */
export interface ConditionSubject {
  kind: AlertKind;
  source: string;
  rule: string;
  title: string;
  effectiveSeverity: Severity;
  /** Those that were only found in a text count for nothing: whoever writes a log line must choose neither room nor verdict. */
  entities: (Entity & Partial<Pick<AlertEntity, 'from'>>)[];
  scope?: Scope;
}

/** True when every given part of the condition holds; an empty condition matches everything. */
export function matches(condition: Condition, subject: ConditionSubject): boolean {
  return (
    (condition.kind === undefined || condition.kind.includes(subject.kind)) &&
    anyGlob(condition.source, subject.source) &&
    anyGlob(condition.rule, subject.rule) &&
    anyGlob(condition.title, subject.title) &&
    comesFrom(condition, subject.scope) &&
    (condition.severity === undefined || atLeast(subject.effectiveSeverity, condition.severity)) &&
    (condition.entity === undefined ||
      subject.entities.some((e) => e.from !== 'text' && entityMatches(condition.entity ?? {}, e)))
  );
}

/** Whether one entity is meant by the `entity` part of a condition. */
export function entityMatches(wanted: NonNullable<Condition['entity']>, entity: Entity): boolean {
  if (wanted.type !== undefined && wanted.type !== entity.type) return false;
  if (wanted.value === undefined) return true;
  return wanted.value.some((value) =>
    entity.type === 'ip' && inBlock(entity.value, value) ? true : glob(value, entity.value),
  );
}

function comesFrom(condition: Condition, scope: Scope = {}): boolean {
  return (['organization', 'repository', 'account', 'region'] as const).every((part) => {
    const told = scope[part];
    return condition[part] === undefined || (told !== undefined && anyGlob(condition[part], told));
  });
}

function anyGlob(patterns: string[] | undefined, text: string): boolean {
  return patterns === undefined || patterns.some((pattern) => glob(pattern, text));
}

/**
 * Case-insensitive match where `*` stands for any run of characters. Greedy with one step back, so linear in
 * pattern times text whatever the pattern is.
 */
export function glob(pattern: string, text: string): boolean {
  const p = pattern.toLowerCase();
  const t = text.toLowerCase();
  let star = -1;
  let mark = 0;
  let i = 0;
  let j = 0;
  while (i < t.length) {
    if (p[j] === '*') {
      star = j;
      mark = i;
      j += 1;
    } else if (j < p.length && p[j] === t[i]) {
      i += 1;
      j += 1;
    } else if (star >= 0) {
      mark += 1;
      i = mark;
      j = star + 1;
    } else return false;
  }
  while (p[j] === '*') j += 1;
  return j === p.length;
}
