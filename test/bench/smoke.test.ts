import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const run = fileURLToPath(new URL('../../bench/run.ts', import.meta.url));

interface MeasuredRow {
  id: string;
  figure: number | null;
  beside?: { figure: number | null };
  goal?: object;
  missed?: boolean;
}

async function bench(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [run, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number | null, out, err };
}

const rows = [
  'singles.rate',
  'singles.p99',
  'batches.rate',
  'grouping.few.rate',
  'grouping.few.memory',
  'grouping.many.rate',
  'grouping.many.memory',
  'latency.issue.p50',
  'latency.issue.p95',
  'latency.report.p50',
  'latency.report.p95',
  'memory.idle.rss',
  'memory.idle.pss',
  'memory.after.rss',
  'memory.after.pss',
  'memory.peak',
  'start.first.issue',
  'start.first.report',
  'start.again.issue',
  'start.again.report',
  'start.again.ready',
];

test('a quick run measures everything there is to measure', { timeout: 240_000 }, async () => {
  const { code, out, err } = await bench('--quick', '--json');
  expect(code, err).toBe(0);
  const measured = JSON.parse(out) as MeasuredRow[];
  expect(measured.map((row) => row.id)).toEqual(rows);
  // How much is for `npm run bench` to say; that it was looked at is for here.
  for (const row of measured) {
    if (process.platform === 'linux' || !row.id.startsWith('memory.')) expect(row.figure, row.id).toBeGreaterThan(0);
    if (row.beside) expect(row.beside.figure, row.id).toBeGreaterThan(0);
    expect(row.missed === undefined, row.id).toBe(row.goal === undefined);
  }
});

test('a part that does not exist is refused with those that do', async () => {
  const { code, out, err } = await bench('--quick', 'speed');
  expect(code).toBe(2);
  expect(out).toBe('');
  expect(err).toBe('bench: there is no part "speed"; there are ingest, grouping, latency, memory, start.\n');
});
