import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../figures.ts';
import { lanes, linesOf } from './lanes.ts';

const launcher = fileURLToPath(new URL('../../bin/yagura.js', import.meta.url));

/** Threads that are compared, beside none. */
const counts = [0, 1, 2];

export interface WorkersOrder {
  rules: string;
  lane?: string;
  file?: string;
  events: number;
  rounds: number;
}

export interface WorkersFigures {
  workers: number;
  /** Events a second on the clock, without what the same command takes for a file of none. */
  rate: number;
}

/** `yagura detect --workers N` over a file as a user would run it, in turns. */
export async function measureWorkers(order: WorkersOrder): Promise<WorkersFigures[]> {
  const dir = mkdtempSync(join(tmpdir(), 'yagura-workers-'));
  try {
    const lines = linesFor(order);
    const file = join(dir, 'events.ndjson');
    writeFileSync(file, `${lines.join('\n')}\n`);
    const empty = join(dir, 'empty.ndjson');
    writeFileSync(empty, '');
    const took = counts.map(() => ({ all: [] as number[], none: [] as number[] }));
    for (let round = 0; round < order.rounds; round += 1) {
      for (const [k, workers] of counts.entries()) {
        took[k]?.none.push(await seconds(order.rules, empty, workers));
        took[k]?.all.push(await seconds(order.rules, file, workers));
      }
    }
    return took.map(({ all, none }, k) => ({
      workers: counts[k] ?? 0,
      rate: lines.length / Math.max(0.001, median(all) - median(none)),
    }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function linesFor({ lane: name, file, events }: WorkersOrder): string[] {
  const lane = lanes.find((one) => one.name === name);
  if (lane) return linesOf(lane, events);
  const lines = readFileSync(file ?? '', 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('{')).slice(0, events);
}

async function seconds(rules: string, file: string, workers: number): Promise<number> {
  const started = performance.now();
  const args = [launcher, 'detect', '--rules', rules, '--workers', String(workers), file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`yagura detect --workers ${workers} ended with ${code}`);
  return (performance.now() - started) / 1000;
}
