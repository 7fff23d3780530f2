import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lanes, linesOf } from '../../bench/detect/lanes.ts';
import { Engine } from '../../src/detect/engine.ts';
import { loadPipelines } from '../../src/detect/load-pipelines.ts';

const script = fileURLToPath(new URL('../../bench/detect.ts', import.meta.url));

test.each(lanes)('$what: the events are the same each time, and are recognized', (lane) => {
  const lines = linesOf(lane, 200);
  expect(linesOf(lane, 200)).toEqual(lines);
  expect(new Set(lines).size).toBe(200);
  const engine = new Engine([], loadPipelines());
  for (const line of lines) expect(engine.detect(JSON.parse(line)).recognized, line).toBe(true);
});

test('a quick run measures every lane', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, [script, '--quick', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  expect(code, err).toBe(0);
  const rows = JSON.parse(out) as { id: string; figure: number }[];
  for (const { name } of lanes) {
    const figures = new Map(rows.map(({ id, figure }) => [id, figure]));
    for (const id of ['warm', 'cold', 'load', 'peak']) expect(figures.get(`${name}.${id}`)).toBeGreaterThan(0);
  }
  for (const id of ['scaling.100', 'workers.1', 'workers.2'])
    expect(rows.find((row) => row.id === id)?.figure, id).toBeGreaterThan(0);
});
