import type { Severity } from '../../domain/severity.ts';

const words: Record<string, Severity> = {
  emergency: 'critical',
  fatal: 'critical',
  critical: 'critical',
  crit: 'critical',
  alert: 'critical',
  severe: 'critical',
  high: 'high',
  error: 'high',
  err: 'high',
  major: 'high',
  medium: 'medium',
  moderate: 'medium',
  warning: 'medium',
  warn: 'medium',
  low: 'low',
  minor: 'low',
  notice: 'low',
  note: 'low',
  informational: 'informational',
  information: 'informational',
  info: 'informational',
  debug: 'informational',
  none: 'informational',
};

/** A severity by any of the words products use, in any case; `unknown` for anything else, numbers included. */
export function readSeverity(value: unknown): Severity {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return Object.hasOwn(words, word) ? (words[word] ?? 'unknown') : 'unknown';
}
