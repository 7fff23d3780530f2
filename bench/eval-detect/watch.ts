import { Readable, Writable } from 'node:stream';
import { DetectFiles } from '../../src/cli/detect/detect-files.ts';
import type { EventRef } from '../../src/cli/detect/lines.ts';
import { NativeEvents } from '../../src/cli/detect/native-events.ts';
import { Detector } from '../../src/detect/detector.ts';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';
import type { Level, RuleSet } from '../../src/detect/rule.ts';
import { loadPlugins } from '../../src/plugins.ts';
import type { Source } from '../../src/sources/source.ts';

/** A rule or correlation that spoke, and how often. */
export interface Alert {
  id: string;
  title: string;
  level: Level;
  tags: string[];
  times: number;
}

/** What came of the lines of one recording, technique, test or request. */
export interface Looked {
  events: number;
  /** Events that no pipeline knows, so that no rule was asked. */
  unknown: number;
  alerts: Alert[];
}

interface Line {
  rule_id: string;
  title: string;
  level: Level | null;
  tags: string[];
  events?: unknown[];
}

/** Runs lines of text through the path of `yagura detect`, one lot after the other, and counts. */
export class Watch {
  events = 0;
  /** Of CPU, as other work on the machine should not count. */
  milliseconds = 0;
  private readonly rules: RuleSet;
  private readonly sources: Source[];
  private readonly pipelines = loadPipelines();
  private detector: Detector<EventRef>;

  private constructor(rules: RuleSet, sources: Source[]) {
    this.rules = rules;
    this.sources = sources;
    this.detector = new Detector(rules, this.pipelines);
  }

  static async over(rules: RuleSet): Promise<Watch> {
    const sources = await loadPlugins<Source>(new URL('../../src/sources/', import.meta.url), ['source']);
    return new Watch(rules, [...sources.values()]);
  }

  /** With `alone` correlations count from nothing; without, they are left out, as one log by itself cannot bring any. */
  async look(lines: readonly string[], { alone = false } = {}): Promise<Looked> {
    if (alone) this.detector = new Detector(this.rules, this.pipelines);
    const written: string[] = [];
    const quiet = new Writable({ write: (_chunk, _encoding, done) => done() });
    const stdout = new Writable({
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        done();
      },
    });
    const began = process.cpuUsage();
    const files = new DetectFiles(this.detector, new NativeEvents(this.sources), {
      logsource: undefined,
      stdout,
      stderr: quiet,
    });
    await files.run('-', Readable.from([Buffer.from(`${lines.join('\n')}\n`)]));
    if (alone) await files.finish();
    const { user, system } = process.cpuUsage(began);
    this.milliseconds += (user + system) / 1000;
    this.events += files.seen.events;
    return { events: files.seen.events, unknown: files.seen.unknown, alerts: alertsOf(written.join(''), alone) };
  }

  /** "412 events in 0.2 s of CPU: 2,060 a second". */
  get pace(): string {
    const seconds = this.milliseconds / 1000;
    const count = (n: number) => Math.round(n).toLocaleString('en-US');
    return `${count(this.events)} events in ${seconds.toFixed(1)} s of CPU: ${count(this.events / seconds)} a second`;
  }
}

function alertsOf(written: string, correlations: boolean): Alert[] {
  const alerts = new Map<string, Alert>();
  for (const text of written.split('\n')) {
    if (text === '') continue;
    const { rule_id: id, title, level, tags, events }: Line = JSON.parse(text);
    if (events !== undefined && !correlations) continue;
    const known = alerts.get(id);
    if (known) known.times += 1;
    else alerts.set(id, { id, title, level: level ?? 'informational', tags, times: 1 });
  }
  return [...alerts.values()];
}
