import { place, valueAt } from './places.ts';
import type { Pipeline } from './processing-pipeline.ts';
import type { NativeEvent } from './rule.ts';

/** Orders of magnitude of a time since 1970 in seconds, milli-, micro- and nanoseconds. */
const scales = [
  [1e11, 1000],
  [1e14, 1],
  [1e17, 1e-3],
  [Number.POSITIVE_INFINITY, 1e-6],
] as const;

const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/i;

/** Milliseconds since 1970 of a time as products write it; without a zone it is UTC. Undefined when it is none. */
function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value);
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const text = value.trim();
  if (/^\d{9,19}(?:\.\d+)?$/.test(text)) return fromNumber(Number(text));
  const wrapped = /^\/Date\((\d+)\)\/$/.exec(text);
  if (wrapped) return Number(wrapped[1]);
  const utc = iso.test(text) ? `${text.replace(' ', 'T').replace(',', '.')}${zone.test(text) ? '' : 'Z'}` : text;
  // More than three digits of a second are not read everywhere.
  const time = Date.parse(utc.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(time) ? undefined : time;
}

function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  const [, factor] = scales.find(([below]) => value < below) ?? scales[3];
  return value * factor;
}

/** When an event happened, by its pipeline; milliseconds since 1970. */
export function eventTime(event: NativeEvent, pipeline: Pipeline | undefined): number | undefined {
  for (const path of pipeline?.time ?? ['timestamp', '@timestamp', 'time']) {
    const time = readTime(valueAt(event, place(path)));
    if (time !== undefined) return time;
  }
  return undefined;
}
