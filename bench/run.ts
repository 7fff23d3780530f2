import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Part } from './part.ts';
import { grouping } from './parts/grouping.ts';
import { ingest } from './parts/ingest.ts';
import { latency } from './parts/latency.ts';
import { memory } from './parts/memory.ts';
import { start } from './parts/start.ts';
import { missed, type Row, ratioOf } from './row.ts';
import { table } from './table.ts';

const parts: Record<string, Part> = { ingest, grouping, latency, memory, start };

/** `npm run bench -- [--quick] [--json] [part …]`; see docs/benchmarks.md. */
async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  });
  const unknown = positionals.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`bench: there is no part "${unknown.join('", "')}"; there are ${Object.keys(parts).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const chosen = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name));
  const rows = await measureAll(chosen, values.quick);
  if (values.json) console.log(JSON.stringify(rows.map(asJson), null, 2));
  else console.log(table(rows));
}

/** One part after the other, so that none disturbs another; in a smoke run, where no figure counts, all at once. */
async function measureAll(chosen: [string, Part][], quick: boolean): Promise<Row[]> {
  if (quick) return (await Promise.all(chosen.map(([name, part]) => measure(name, part, quick)))).flat();
  const rows: Row[] = [];
  for (const [name, part] of chosen) rows.push(...(await measure(name, part, quick)));
  return rows;
}

/** Runs one part in a folder of its own and ends everything it started, also when it fails. */
async function measure(name: string, part: Part, quick: boolean): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), `yagura-bench-${name}-`));
  // As root without user namespaces the database is another user, who must be able to pass.
  chmodSync(dir, 0o711);
  const ends: (() => Promise<unknown> | unknown)[] = [];
  try {
    const say = (line: string) => console.error(`${name}: ${line}`);
    return await part({ quick, dir, say, onEnd: (end) => ends.push(end) });
  } finally {
    for (const end of ends.reverse()) await end();
    rmSync(dir, { recursive: true, force: true });
  }
}

function asJson(row: Row) {
  return { ...row, ratio: ratioOf(row), missed: missed(row) };
}

await run();
