import { z } from 'zod';
import { seededRandom } from './seeded-random.ts';

const Pattern = z.string().refine(isPattern, 'not a regular expression').optional();

/**
 * One way to misbehave. REST: `rest-502` before the work, `rest-502-after` and `cut-after` (socket closed) after it,
 * `secondary-limit`. Deliveries: `drop` (logged as failed), `lose` (no trace), `duplicate`, `reorder` (after the next
 * one), `delay`. It strikes requests that match, with `probability`, at most `next` times.
 */
export const FaultRule = z.strictObject({
  kind: z.enum([
    'rest-502',
    'rest-502-after',
    'cut-after',
    'secondary-limit',
    'drop',
    'lose',
    'duplicate',
    'reorder',
    'delay',
  ]),
  probability: z.number().min(0).max(1).optional(),
  next: z.int().min(0).optional(),
  /** Regular expressions on the HTTP method and on the path without `/api/v3`; REST faults only. */
  method: Pattern,
  path: Pattern,
  /** Regular expression on `event.action`; delivery faults only. */
  event: Pattern,
  /** Milliseconds of the forge's clock, for `delay` and as the longest wait of `reorder`. */
  delayMs: z.number().min(0).optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;
export type FaultKind = FaultRule['kind'];

/** The rules in force, with how often each has struck. */
export interface Faults {
  set(rules: FaultRule[], seed: number): void;
  report(): (FaultRule & { struck: number })[];
  /** The first rule of one of these kinds that strikes a REST request or a delivery named `event.action`. */
  strike(kinds: FaultKind[], target: { method: string; path: string } | { event: string }): FaultRule | null;
}

/** No faults until some are set. */
export function newFaults(): Faults {
  let rules: (FaultRule & { struck: number })[] = [];
  let random = seededRandom(1);
  return {
    set: (next, seed) => {
      rules = next.map((rule) => ({ ...rule, struck: 0 }));
      random = seededRandom(seed);
    },
    report: () => rules.map((rule) => ({ ...rule })),
    strike: (kinds, target) => {
      for (const rule of rules) {
        if (!kinds.includes(rule.kind) || !matches(rule, target)) continue;
        if (rule.next !== undefined && rule.struck >= rule.next) continue;
        if (rule.probability !== undefined && random() >= rule.probability) continue;
        rule.struck++;
        return rule;
      }
      return null;
    },
  };
}

function matches(rule: FaultRule, target: { method: string; path: string } | { event: string }): boolean {
  const fits = (pattern: string | undefined, text: string) => pattern === undefined || new RegExp(pattern).test(text);
  return 'event' in target
    ? fits(rule.event, target.event)
    : fits(rule.method, target.method) && fits(rule.path, target.path);
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
