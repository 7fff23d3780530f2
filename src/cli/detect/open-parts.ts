import type { NativeEventRecord } from '../../normalize/native-event-record.ts';
import type { EventSource } from '../../sources/source.ts';

/** A part of an event that a source writes as several records. */
export interface Part {
  source: EventSource;
  record: NativeEventRecord;
}

interface Open {
  source: EventSource;
  records: NativeEventRecord[];
  /** Place in the file of its last part. */
  place: number;
}

/** Records after its last part that an event waits for more of them. */
const patience = 64;

/** Events that are written as several records, while they are read. */
export class OpenParts {
  private readonly open = new Map<string, Open>();

  /** Takes a part in. */
  add({ source, record }: Part, place: number): void {
    const key = `${source.name}|${record.partOf ?? ''}`;
    const known = this.open.get(key) ?? { source, records: [], place };
    known.records.push(record);
    known.place = place;
    // Those that wait longest stand first.
    this.open.delete(key);
    this.open.set(key, known);
  }

  /** The events no more parts are expected of, `place` being the record read now; all of them without one. */
  whole(place = Number.POSITIVE_INFINITY): { record: NativeEventRecord; place: number }[] {
    const found: { record: NativeEventRecord; place: number }[] = [];
    for (const [key, one] of this.open) {
      if (one.place + patience > place) break;
      this.open.delete(key);
      for (const record of one.source.join?.(one.records) ?? []) found.push({ record, place: one.place });
    }
    return found;
  }
}
