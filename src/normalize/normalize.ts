import type { ParsedAlert, ParseFailure } from '../domain/alert.ts';
import { type EveryLanguage, everyLanguage } from '../domain/locale.ts';
import type { RawRecord } from '../domain/record.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { bounded } from './bounded.ts';
import { cloudOf, withCloud } from './cloud-of.ts';
import type { NativeEventRecord } from './native-event-record.ts';
import { parseErrorAlert } from './parse-error.ts';
import { recordOf } from './record-of.ts';

/** What normalize needs of a source of alerts. */
export interface AlertParser {
  name: string;
  parse(record: unknown, context: { receivedAt: Date }): ParsedAlert[] | ParseFailure;
}

/** What normalize needs of a source of raw events. */
export interface EventReader {
  name: string;
  product: { vendor: string; name: string };
  /** Its records may be lines of text. */
  lines?: true;
  read(record: unknown, context: { receivedAt: Date }): NativeEventRecord[] | ParseFailure;
  /** The events that the parts of one make together, beside the parts. Pure, never throws. */
  join?(parts: readonly NativeEventRecord[]): NativeEventRecord[];
}

export type Parser = AlertParser | EventReader;

/** A raw record as it is understood: alerts of its product, or events that rules are yet to look at. */
export interface Normalized {
  alerts: ParsedAlert[];
  events: NativeEventRecord[];
}

/**
 * What a raw record holds. A product's alerts are at least one: what cannot be read becomes an alert that says so, never
 * a silence. An event is no alert; a record of events that holds none is an empty file.
 */
export function normalize(raw: RawRecord, sources: ReadonlyMap<string, Parser>): Normalized {
  const source = sources.get(raw.source);
  if (!source)
    return failed(
      raw,
      everyLanguage((language) => unreadableWords(language).noSource(raw.source)),
    );
  try {
    return 'read' in source ? readEvents(source, raw) : parseAlerts(source, raw);
  } catch (error) {
    return failed(
      raw,
      everyLanguage(() => (error instanceof Error ? error.message : String(error))),
    );
  }
}

function parseAlerts(source: AlertParser, raw: RawRecord): Normalized {
  const record = recordOf(raw.content, false);
  const parsed = source.parse(record, { receivedAt: raw.receivedAt });
  if ('error' in parsed) return failed(raw, parsed.error);
  if (parsed.length === 0) return failed(raw, unreadableWords.table.noAlert);
  const cloud = cloudOf(record);
  const placed = cloud === undefined ? parsed : parsed.map((alert) => ({ ...alert, ocsf: { cloud, ...alert.ocsf } }));
  return { alerts: placed.map((alert) => bounded(alert, raw)), events: [] };
}

function readEvents(source: EventReader, raw: RawRecord): Normalized {
  const record = recordOf(raw.content, source.lines === true);
  const read = source.read(record, { receivedAt: raw.receivedAt });
  if ('error' in read) return failed(raw, read.error);
  const cloud = cloudOf(record);
  if (cloud === undefined) return { alerts: [], events: read };
  return { alerts: [], events: read.map((one) => ({ ...one, facts: (parts) => withCloud(one.facts(parts), cloud) })) };
}

function failed(raw: RawRecord, error: EveryLanguage): Normalized {
  return { alerts: [parseErrorAlert(raw, error)], events: [] };
}
