import type { Logsource, NativeEvent } from '../../detect/rule.ts';
import type { EventSource, Source } from '../../sources/source.ts';
import type { FileRecord } from './read-records.ts';

/** An event of a record, as the rules see it. */
export interface ReadEvent {
  event: NativeEvent;
  logsource?: Logsource;
  time?: number;
}

/** Objects around events, as products pack them: CloudTrail files, EventBridge, Azure's diagnostic settings. */
const packs = ['Records', 'records', 'value'] as const;

/** Makes events of records: objects as they are, unpacked where they are packs, lines by the sources that read lines. */
export class NativeEvents {
  private readonly sources: EventSource[];
  private readonly knows: (event: NativeEvent) => boolean;
  private lastLines: EventSource | undefined;

  /** `knows` tells whether an event is one for the rules as it is. */
  constructor(sources: Iterable<Source>, knows: (event: NativeEvent) => boolean) {
    this.sources = [...sources].filter((source) => 'read' in source);
    this.knows = knows;
  }

  /** Undefined when the record is none anybody reads. */
  of(record: FileRecord): ReadEvent[] | undefined {
    if ('wrong' in record) return undefined;
    if ('line' in record) return this.ofLine(record.line);
    const { value } = record;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const event = value as NativeEvent;
    if (this.knows(event)) return [{ event }];
    for (const pack of packs) {
      const inner = event[pack];
      if (Array.isArray(inner)) return inner.flatMap((one) => this.of({ value: one }) ?? [{ event: {} }]);
    }
    const source = this.sources.find((one) => one.recognise?.(event));
    return source ? read(source, event) : [{ event }];
  }

  private ofLine(line: string): ReadEvent[] | undefined {
    const last = this.lastLines;
    const source = last?.recognise?.(line) ? last : this.sources.find((one) => one.lines && one.recognise?.(line));
    if (!source) return undefined;
    this.lastLines = source;
    return read(source, line);
  }
}

function read(source: EventSource, record: unknown): ReadEvent[] | undefined {
  const events = source.read(record, { receivedAt: new Date(0) });
  if ('error' in events) return undefined;
  return events.map(({ event, logsource, time }) => ({
    event,
    ...(logsource === undefined ? {} : { logsource }),
    ...(time.getTime() === 0 ? {} : { time: time.getTime() }),
  }));
}
