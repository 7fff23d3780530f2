import type { Readable, Writable } from 'node:stream';
import type { BlockAnswer, BlockEvent } from '../../detect/block-answer.ts';
import type { CountedMatch } from '../../detect/counted.ts';
import type { Detector, Found } from '../../detect/detector.ts';
import type { Logsource, NativeEvent } from '../../detect/rule.ts';
import { correlationLine, type EventRef, matchLine } from './lines.ts';
import { type NativeEvents, readEvent } from './native-events.ts';
import { OpenParts } from './open-parts.ts';
import { type FileRecord, readRecords, recordsOfLine } from './read-records.ts';
import type { Threads } from './threads.ts';

/** What was looked at: events, those of no known log source, records that cannot be read. */
export interface Seen {
  events: number;
  unknown: number;
  wrong: number;
}

interface Ways {
  logsource: Logsource | undefined;
  /** Match what can be matched beside this thread. */
  threads?: Threads | undefined;
  stdout: Writable;
  stderr: Writable;
}

/** Runs files through a detector, in their order, and writes a line a match. */
export class DetectFiles {
  readonly seen: Seen = { events: 0, unknown: 0, wrong: 0 };
  private readonly detector: Detector<EventRef>;
  private readonly events: NativeEvents;
  private readonly logsource: Logsource | undefined;
  private readonly threads: Threads | undefined;
  private readonly stdout: Writable;
  private readonly stderr: Writable;
  private readonly parts = new OpenParts();
  private lines = '';
  private file = '-';
  private place = 0;

  constructor(detector: Detector<EventRef>, events: NativeEvents, { logsource, threads, stdout, stderr }: Ways) {
    this.detector = detector;
    this.events = events;
    this.logsource = logsource;
    this.threads = threads;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  async run(file: string, stdin: Readable): Promise<void> {
    this.file = file;
    this.place = 0;
    const way = await (this.threads?.read(file, stdin) ?? { records: readRecords(file, stdin) });
    if ('answers' in way) for await (const answer of way.answers) await this.answer(answer);
    else {
      for await (const group of way.records) {
        this.records(group);
        await this.flush();
      }
    }
    this.join();
    await this.flush();
  }

  /** The correlations that waited for the end of the input. */
  async finish(): Promise<void> {
    for (const match of this.detector.finish()) this.lines += correlationLine(match);
    await this.flush();
  }

  /** What threads say of a block; each line they left goes the way of all records, at its place. */
  private async answer({ lines, events, left }: BlockAnswer): Promise<void> {
    let next = 0;
    let base = 0;
    const takeBefore = (line: number): void => {
      for (let event = events[next]; event && event.line < line; event = events[++next])
        this.matched(event, this.place + event.line - base);
      this.seen.events += line - base;
      this.place += line - base;
      base = line + 1;
    };
    for (const { line, text } of left) {
      takeBefore(line);
      for (const record of recordsOfLine(text)) this.record(record);
    }
    takeBefore(lines);
    await this.flush();
  }

  private matched({ matches, time }: BlockEvent, place: number): void {
    const ref = { file: this.file, event: place };
    const counted: CountedMatch[] = [];
    for (const match of matches) {
      const rule = this.detector.rules[match.rule];
      if (!rule) continue;
      if (match.fields !== undefined) this.lines += matchLine(rule, ref, match.fields);
      if (match.values) counted.push({ rule, values: match.values });
    }
    if (counted.length === 0) return;
    for (const match of this.detector.count(ref, counted, time)) this.lines += correlationLine(match);
  }

  /** A loop of its own, since one in a function that waits is compiled again and again. */
  private records(group: Iterable<FileRecord>): void {
    for (const record of group) this.record(record);
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
    for (const { rule, fields } of matches) this.lines += matchLine(rule, ref, JSON.stringify(fields));
    for (const match of correlations) this.lines += correlationLine(match);
  }

  /** No faster than they are read. */
  private async flush(): Promise<void> {
    const { lines } = this;
    this.lines = '';
    if (lines !== '' && !this.stdout.write(lines)) await new Promise((resolve) => this.stdout.once('drain', resolve));
  }
}
