import { type Level, levels } from '../../src/detect/rule.ts';
import type { Alert } from './watch.ts';

/** Alerts of a level and above. */
export function atLeast(alerts: readonly Alert[], level: Level): Alert[] {
  const least = levels.indexOf(level);
  return alerts.filter((alert) => levels.indexOf(alert.level) >= least);
}
