import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chance } from './detect/chance.ts';
import { type Lane, lanes } from './detect/lanes.ts';
import { eventsOf, peerEvent } from './detect/peer-events.ts';
import { median } from './figures.ts';

const usage =
  'node bench/race-detect.ts --peer RSIGMA --rules DIR [--events FILE]… [--runs 5] [--count 100000] [--core 0]';

const { values: given } = parseArgs({
  options: {
    peer: { type: 'string' },
    rules: { type: 'string' },
    events: { type: 'string', multiple: true },
    runs: { type: 'string', default: '5' },
    count: { type: 'string', default: '100000' },
    core: { type: 'string', default: '0' },
  },
});

/** One way to run the events through the rules: reads `input`, writes matches to `output`. */
interface Contestant {
  name: string;
  command(input: string): string[];
}

interface Timed {
  /** Seconds on the clock, and of the processor. */
  wall: number;
  cpu: number;
  peakMb: number;
}

const launcher = fileURLToPath(new URL('../bin/yagura.js', import.meta.url));

function contestants(peer: string, rules: string): Contestant[] {
  const theirs = ['engine', 'eval', '--rules', rules, '--quiet', '--output-format', 'ndjson'];
  return [
    { name: 'yagura', command: (input) => [process.execPath, launcher, 'detect', '--rules', rules, input] },
    { name: 'rsigma', command: (input) => [peer, ...theirs, '--event', `@${input}`] },
    {
      name: 'rsigma --logsource-routing',
      command: (input) => [peer, ...theirs, '--logsource-routing', '--event', `@${input}`],
    },
  ];
}

/** Same rules, same file, one core, in turns; see docs/benchmarks.md. */
async function race(): Promise<void> {
  const { peer, rules, core } = given;
  if (peer === undefined || rules === undefined || !existsSync(peer) || !existsSync(rules)) {
    console.error(`race-detect: ${usage}`);
    process.exitCode = 2;
    return;
  }
  console.log(execFileSync(peer, ['--version'], { encoding: 'utf8' }).trim());
  const dir = mkdtempSync(join(tmpdir(), 'yagura-race-'));
  try {
    const empty = join(dir, 'empty.ndjson');
    writeFileSync(empty, '');
    const all = contestants(peer, rules);
    const load = await inTurns(all, empty, dir, core);
    for (const lane of given.events ?? lanes) {
      const { file, events } = await write(lane, dir);
      const name = typeof lane === 'string' ? basename(lane) : lane.what;
      console.log(`\n${name}: ${events.toLocaleString('en-US')} events`);
      report(all, events, load, await inTurns(all, file, dir, core), dir);
      rmSync(file);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Writes the events as both engines read them; fewer than wanted come again from the first. */
async function write(lane: Lane | string, dir: string): Promise<{ file: string; events: number }> {
  const file = join(dir, 'events.ndjson');
  const out = createWriteStream(file);
  const wanted = Number(given.count);
  let events = 0;
  while (events < wanted) {
    const before = events;
    for await (const event of typeof lane === 'string' ? eventsOf(lane) : synthetic(lane, wanted)) {
      events += 1;
      if (!out.write(`${JSON.stringify(peerEvent(event))}\n`)) await once(out, 'drain');
      if (events >= wanted) break;
    }
    if (events === before) throw new Error(`there is no event in ${lane}`);
  }
  out.end();
  await once(out, 'close');
  return { file, events };
}

function* synthetic(lane: Lane, count: number) {
  const by = chance(lane.seed);
  for (let k = 0; k < count; k += 1) yield lane.event(by);
}

async function inTurns(all: Contestant[], input: string, dir: string, core: string): Promise<Timed[][]> {
  const times: Timed[][] = all.map(() => []);
  for (let run = 0; run < Number(given.runs); run += 1)
    for (const [k, one] of all.entries()) times[k]?.push(await time(one, input, join(dir, `${k}.matches`), core));
  return times;
}

/** On one core; GNU time tells what the whole tree of processes took. */
async function time(one: Contestant, input: string, output: string, core: string): Promise<Timed> {
  const told = `${output}.time`;
  const args = ['-c', core, '/usr/bin/time', '-o', told, '-f', '%e %U %S %M', ...one.command(input)];
  const child = spawn('taskset', args, { stdio: ['ignore', openSync(output, 'w'), 'ignore'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  const [wall = 0, user = 0, system = 0, peak = 0] = (readFileSync(told, 'utf8').trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  if (code !== 0) throw new Error(`${one.name} ended with ${code}`);
  return { wall, cpu: user + system, peakMb: peak / 1024 };
}

function report(all: Contestant[], events: number, load: Timed[][], times: Timed[][], dir: string): void {
  const rate = (seconds: number) =>
    Math.round(events / seconds)
      .toLocaleString('en-US')
      .padStart(8);
  for (const [k, { name }] of all.entries()) {
    const part = (of: Timed[][], which: keyof Timed) => median((of[k] ?? []).map((one) => one[which]));
    const matches = readFileSync(join(dir, `${k}.matches`), 'utf8').split('\n').length - 1;
    console.log(
      `  ${name.padEnd(28)} net ${rate(part(times, 'wall') - part(load, 'wall'))}/s, of processor time ` +
        `${rate(part(times, 'cpu') - part(load, 'cpu'))}/s; gross ${rate(part(times, 'wall'))}/s; load ` +
        `${part(load, 'wall').toFixed(2)} s; peak ${Math.round(part(times, 'peakMb'))} MB; ${matches} matches`,
    );
  }
}

await race();
