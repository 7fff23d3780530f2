import type { ParsedAlert, ParseFailure } from '../domain/alert.ts';
import { clean } from '../domain/clean.ts';
import type { RawRecord } from '../domain/record.ts';
import { parseErrorAlert } from './parse-error.ts';

/** What normalize needs of a source. */
export interface Parser {
  name: string;
  parse(record: unknown, context: { receivedAt: Date }): ParsedAlert[] | ParseFailure;
}

/**
 * Alerts of a raw record, at least one: what cannot be read becomes an alert that says so, never a silence.
 */
export function normalize(raw: RawRecord, sources: ReadonlyMap<string, Parser>): ParsedAlert[] {
  const source = sources.get(raw.source);
  if (!source) return [parseErrorAlert(raw, `there is no source "${raw.source}"`)];
  const parsed = parseWith(source, raw);
  if ('error' in parsed) return [parseErrorAlert(raw, parsed.error)];
  if (parsed.length === 0) return [parseErrorAlert(raw, 'the record holds no alert')];
  return parsed;
}

function parseWith(source: Parser, raw: RawRecord): ParsedAlert[] | ParseFailure {
  try {
    const parsed = source.parse(JSON.parse(raw.content.toString('utf8')), { receivedAt: raw.receivedAt });
    return 'error' in parsed ? parsed : parsed.map((alert) => clean(bounded(alert, raw)));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** Entities one alert may carry, how long a role may be, and how far ahead of its receipt a product's clock is believed. */
const entityLimit = 200;
const roleLimit = 60;
const futureLimitMs = 24 * 3600 * 1000;

function bounded(alert: ParsedAlert, raw: RawRecord): ParsedAlert {
  const time = alert.time.getTime();
  const believable = Number.isFinite(time) && time > 0 && time < raw.receivedAt.getTime() + futureLimitMs;
  return {
    ...alert,
    title: alert.title.slice(0, 300),
    time: believable ? alert.time : raw.receivedAt,
    entities: alert.entities
      .filter((e) => e.value.length > 0 && e.value.length <= 1024)
      .slice(0, entityLimit)
      .map((e) => ({ ...e, role: e.role.slice(0, roleLimit) })),
    techniques: alert.techniques.slice(0, 20),
    quoted: alert.quoted.slice(0, 6),
  };
}
