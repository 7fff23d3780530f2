import type { Logsource, NativeEvent } from '../../detect/rule.ts';
import type { NativeEventRecord } from '../../normalize/native-event-record.ts';
import type { EventSource, Source } from '../../sources/source.ts';
import type { Part } from './open-parts.ts';
import type { FileRecord } from './read-records.ts';

/** An event of a record, as the rules see it. */
export interface ReadEvent {
  event: NativeEvent;
  logsource?: Logsource;
  time?: number;
  /** It is also a part of an event that others complete. */
  part?: Part;
}

/** Objects around events, as products pack them: CloudTrail files, Azure's diagnostic settings, Graph. */
const packs = ['Records', 'records', 'value'] as const;

/** What searches and pipelines wrap an event in when they export it: Elasticsearch, Splunk, forwarders. */
const envelopes = ['_source', 'result', 'event', 'log', 'data', 'payload'] as const;

/** Stands for a record that nobody reads, so that the next ones keep their places. */
const unread: ReadEvent[] = [{ event: {} }];

/** Makes events of records that are none for the rules as they are: packs are opened, lines read by the sources. */
export class NativeEvents {
  private readonly sources: EventSource[];
  private lastLines: EventSource | undefined;

  constructor(sources: Iterable<Source>) {
    this.sources = [...sources].filter((source) => 'read' in source);
  }

  /** At least one event; an empty one where nobody reads the record. */
  of(record: FileRecord): ReadEvent[] {
    if ('line' in record) return this.ofLine(record.line);
    const value = 'value' in record ? record.value : undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return unread;
    const event = value as NativeEvent;
    for (const pack of packs) {
      const inner = event[pack];
      if (Array.isArray(inner) && inner.length > 0 && inner.every((one) => typeof one === 'object' && one !== null))
        return inner.map((one: NativeEvent) => ({ event: one }));
    }
    const source = this.sources.find((one) => one.recognise?.(event));
    return (source && read(source, event)) ?? [{ event: inEnvelope(event) ?? event }];
  }

  private ofLine(line: string): ReadEvent[] {
    const last = this.lastLines;
    const source = last?.recognise?.(line) ? last : this.sources.find((one) => one.lines && one.recognise?.(line));
    this.lastLines = source ?? last;
    // A pipeline may know a line of syslog by its message.
    return (source && read(source, line)) ?? [{ event: { message: line } }];
  }
}

function inEnvelope(event: NativeEvent): NativeEvent | undefined {
  const inner = envelopes.map((key) => event[key]).find((one) => typeof one === 'object' && one !== null);
  return Array.isArray(inner) ? undefined : (inner as NativeEvent | undefined);
}

function read(source: EventSource, record: unknown): ReadEvent[] | undefined {
  const events = source.read(record, { receivedAt: new Date(0) });
  if ('error' in events || events.length === 0) return undefined;
  return events.map((record) => ({
    ...readEvent(record),
    ...(record.partOf === undefined || source.join === undefined ? {} : { part: { source, record } }),
  }));
}

export function readEvent({ event, logsource, time }: NativeEventRecord): ReadEvent {
  return {
    event,
    ...(logsource === undefined ? {} : { logsource }),
    ...(time.getTime() === 0 ? {} : { time: time.getTime() }),
  };
}
