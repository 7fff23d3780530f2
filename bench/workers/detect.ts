import { readFileSync } from 'node:fs';
import { Engine } from '../../src/detect/engine.ts';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';
import type { NativeEvent } from '../../src/detect/rule.ts';
import { chooseRules, loadRules } from '../detect/choose-rules.ts';
import { lanes, linesOf } from '../detect/lanes.ts';
import { median } from '../figures.ts';
import { serveOrders } from '../worker.ts';

export interface DetectOrder {
  /** The name of a lane, or a file of NDJSON. */
  lane?: string;
  file?: string;
  events: number;
  rules: string;
  /** One engine for each: so many rules, chosen by chance. */
  counts: number[];
  /** Rounds of which the medians count. */
  rounds: number;
}

/** What one engine did with the events. */
export interface EngineFigures {
  rules: number;
  /** Events a second: through a new engine, and through one that knows them, JSON.parse included. */
  cold: number;
  warm: number;
  /** Milliseconds a new engine takes longer for the first thousand events: it compiles its plans. */
  plansMs: number;
  /** A thousand events. */
  matches: number;
  /** An event. */
  looked: number;
}

export interface DetectFigures {
  loadMs: number;
  events: number;
  bytes: number;
  /** Events a second through JSON.parse alone. */
  bare: number;
  engines: EngineFigures[];
  peakMb: number;
}

/** Runs events through engines and through nothing but JSON.parse, in turns. */
serveOrders(async (order: DetectOrder): Promise<DetectFigures> => {
  const { rules, ms: loadMs } = loadRules(order.rules);
  const lines = linesFor(order);
  const runs = order.counts.map((count) => new Run(new Engine(chooseRules(rules, count), loadPipelines()), lines));
  const bare: number[] = [];
  for (let round = 0; round < order.rounds; round += 1) {
    bare.push(parse(lines));
    for (const run of runs) run.round();
  }
  return {
    loadMs,
    events: lines.length,
    bytes: lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length,
    bare: (lines.length / median(bare)) * 1000,
    engines: runs.map((run, k) => ({ rules: Math.min(order.counts[k] ?? 0, rules.length), ...run.figures() })),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
});

function linesFor({ lane: name, file, events }: DetectOrder): string[] {
  if (file !== undefined) {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line.startsWith('{')).slice(0, events);
  }
  const lane = lanes.find((one) => one.name === name);
  if (!lane) throw new Error(`there is no lane ${name}`);
  return linesOf(lane, events);
}

function parse(lines: readonly string[]): number {
  const started = performance.now();
  for (const line of lines) JSON.parse(line);
  return performance.now() - started;
}

/** One engine over all lines, again and again. */
class Run {
  private readonly engine: Engine;
  private readonly lines: readonly string[];
  private readonly first: readonly string[];
  private readonly firstMs: number;
  private readonly coldMs: number;
  private readonly warm: number[] = [];
  private matches = 0;
  private looked = 0;

  constructor(engine: Engine, lines: readonly string[]) {
    this.engine = engine;
    this.lines = lines;
    this.first = lines.slice(0, 1000);
    this.firstMs = this.pass(this.first);
    this.coldMs = this.firstMs + this.pass(lines.slice(1000));
  }

  round(): void {
    this.warm.push(this.pass(this.lines));
  }

  figures(): Omit<EngineFigures, 'rules'> {
    const { lines, firstMs } = this;
    return {
      cold: (lines.length / this.coldMs) * 1000,
      warm: (lines.length / median(this.warm)) * 1000,
      plansMs: Math.max(0, firstMs - this.pass(this.first)),
      ...this.asked(),
    };
  }

  private asked() {
    this.matches = 0;
    this.looked = 0;
    this.pass(this.lines);
    const events = this.lines.length;
    return { matches: (this.matches / events) * 1000, looked: this.looked / events };
  }

  private pass(lines: readonly string[]): number {
    const started = performance.now();
    for (const line of lines) {
      const { matches, looked } = this.engine.detect(JSON.parse(line) as NativeEvent);
      this.matches += matches.length;
      this.looked += looked;
    }
    return performance.now() - started;
  }
}
