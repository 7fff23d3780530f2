import type { Readable, Writable } from 'node:stream';
import type { Detector, Found } from '../../detect/detector.ts';
import type { Logsource, NativeEvent } from '../../detect/rule.ts';
import { correlationLine, type EventRef, matchLine } from './lines.ts';
import { type NativeEvents, readEvent } from './native-events.ts';
import { OpenParts } from './open-parts.ts';
import { type FileRecord, readRecords } from './read-records.ts';

/** What was looked at: events, those of no known log source, records that cannot be read. */
export interface Seen {
  events: number;
  unknown: number;
  wrong: number;
}

/** Runs files through a detector, in their order, and writes a line a match. */
export class DetectFiles {
  readonly seen: Seen = { events: 0, unknown: 0, wrong: 0 };
  private readonly detector: Detector<EventRef>;
  private readonly events: NativeEvents;
  private readonly logsource: Logsource | undefined;
  private readonly stdout: Writable;
  private readonly stderr: Writable;
  private readonly parts = new OpenParts();
  private lines = '';
  private file = '-';
  private place = 0;

  constructor(
    detector: Detector<EventRef>,
    events: NativeEvents,
    { logsource, stdout, stderr }: { logsource: Logsource | undefined; stdout: Writable; stderr: Writable },
  ) {
    this.detector = detector;
    this.events = events;
    this.logsource = logsource;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  async run(file: string, stdin: Readable): Promise<void> {
    this.file = file;
    this.place = 0;
    for await (const group of readRecords(file, stdin)) {
      for (const record of group) this.record(record);
      await this.flush();
    }
    this.join();
    await this.flush();
  }

  /** The correlations that waited for the end of the input. */
  async finish(): Promise<void> {
    for (const match of this.detector.finish()) this.lines += `${correlationLine(match)}\n`;
    await this.flush();
  }

  /** A record is an event as it is, or what a source of ours makes of it. */
  private record(record: FileRecord): void {
    if ('wrong' in record) {
      this.seen.wrong += 1;
      this.stderr.write(`${this.file}: event ${this.place}: ${record.wrong}\n`);
    }
    const value = 'value' in record ? record.value : undefined;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const found = this.look(value as NativeEvent);
      if (found.recognized) {
        this.told(found);
        return;
      }
    }
    for (const event of this.events.of(record)) {
      if (event.part) this.parts.add(event.part, this.place);
      this.told(this.look(event.event, event.logsource, event.time));
    }
    this.join(this.place);
  }

  /** Events that were read in parts stand at the place of the last. */
  private join(before?: number): void {
    for (const { record, place } of this.parts.whole(before)) {
      const { event, logsource, time } = readEvent(record);
      this.write(this.look(event, logsource, time, place), place);
    }
  }

  private look(event: NativeEvent, known?: Logsource, time?: number, place = this.place): Found<EventRef> {
    const ref = { file: this.file, event: place };
    const logsource = this.logsource ?? known;
    return this.detector.detect({
      event,
      ref,
      ...(logsource === undefined ? {} : { logsource }),
      ...(time === undefined ? {} : { time }),
    });
  }

  private told(found: Found<EventRef>): void {
    this.write(found, this.place);
    if (!found.recognized) this.seen.unknown += 1;
    this.seen.events += 1;
    this.place += 1;
  }

  private write({ matches, correlations }: Found<EventRef>, place: number): void {
    const ref = { file: this.file, event: place };
    for (const match of matches) this.lines += `${matchLine(match, ref)}\n`;
    for (const match of correlations) this.lines += `${correlationLine(match)}\n`;
  }

  /** No faster than they are read. */
  private async flush(): Promise<void> {
    const { lines } = this;
    this.lines = '';
    if (lines !== '' && !this.stdout.write(lines)) await new Promise((resolve) => this.stdout.once('drain', resolve));
  }
}
