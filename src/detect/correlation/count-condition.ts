import type { CountCondition } from '../rule.ts';

/** Whether a number satisfies every bound that is given (section "Condition": several bounds are a range). */
export function holds(condition: CountCondition, value: number): boolean {
  return (
    (condition.gt === undefined || value > condition.gt) &&
    (condition.gte === undefined || value >= condition.gte) &&
    (condition.lt === undefined || value < condition.lt) &&
    (condition.lte === undefined || value <= condition.lte) &&
    (condition.eq === undefined || value === condition.eq) &&
    (condition.neq === undefined || value !== condition.neq)
  );
}

/** Whether one more event can only help: then it need not be waited for the end of a window. */
export function onlyLowerBounds(condition: CountCondition): boolean {
  const { lt, lte, eq, neq } = condition;
  return lt === undefined && lte === undefined && eq === undefined && neq === undefined;
}

/** The condition of `temporal` and `temporal_ordered`, which without one ask for every rule. */
export function ruleCondition(condition: CountCondition, rules: number): CountCondition {
  return Object.values(condition).every((bound) => bound === undefined) ? { gte: rules } : condition;
}
