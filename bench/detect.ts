import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exampleRules } from './detect/choose-rules.ts';
import { lanes } from './detect/lanes.ts';
import { measureWorkers, type WorkersFigures } from './detect/workers.ts';
import type { Row } from './row.ts';
import { table } from './table.ts';
import { startWorker } from './worker.ts';
import type { DetectFigures, DetectOrder } from './workers/detect.ts';

/** Rules that the scaling is measured with, beside all of them. */
const some = [100, 1_000];

const { values } = parseArgs({
  options: {
    rules: { type: 'string' },
    events: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

/** `npm run bench:detect -- [--rules DIR] [--events FILE] [--quick] [--json]`; see docs/benchmarks.md. */
async function run(): Promise<void> {
  for (const path of [values.rules, values.events]) {
    if (path === undefined || existsSync(path)) continue;
    console.error(`bench:detect: there is no ${path}.`);
    process.exitCode = 2;
    return;
  }
  const rules = values.rules ?? exampleRules;
  console.error(
    `Rules of ${rules}${values.rules === undefined ? '; --rules takes a folder of others, such as those of SigmaHQ' : ''}.`,
  );
  const order = { rules, events: values.quick ? 1_500 : 20_000, rounds: values.quick ? 1 : 7 };
  const rows: Row[] = [];
  for (const { name, what, ...from } of chosen()) {
    console.error(`${name}: ${what}`);
    rows.push(...rowsOf(name, what, await measure({ ...order, ...from, counts: [Number.POSITIVE_INFINITY] })));
  }
  const [first] = chosen();
  if (first)
    rows.push(...scalingOf(await measure({ ...order, ...first, counts: [...some, Number.POSITIVE_INFINITY] })));
  if (first) {
    const events = values.quick ? 1_500 : 200_000;
    console.error(`${first.name}: with threads`);
    rows.push(...workersOf(await measureWorkers({ ...order, ...first, events, rounds: values.quick ? 1 : 3 })));
  }
  console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
}

function chosen(): { name: string; what: string; lane?: string; file?: string }[] {
  if (values.events !== undefined) return [{ name: 'file', what: values.events, file: values.events }];
  return lanes.map(({ name, what }) => ({ name, what, lane: name }));
}

/** Each in a process of its own, so that memory and warmth are its own. */
async function measure(order: DetectOrder): Promise<DetectFigures> {
  const ends: (() => Promise<unknown> | unknown)[] = [];
  const part = { quick: false, dir: '', say: () => undefined, onEnd: (end: () => unknown) => void ends.push(end) };
  try {
    return await startWorker(part, 'detect').ask<DetectFigures>(order);
  } finally {
    for (const end of ends) await end();
  }
}

function rowsOf(name: string, what: string, { loadMs, bare, engines, peakMb, bytes }: DetectFigures): Row[] {
  const beside = { what: 'JSON.parse', figure: bare };
  return engines.flatMap(({ rules, cold, warm, plansMs, matches, looked }) => [
    { id: `${name}.warm`, what: `${what}, ${(bytes / 1024).toFixed(1)} KB`, figure: warm, unit: 'events/s', beside },
    { id: `${name}.cold`, what: '  the first time, plans compiled', figure: cold, unit: 'events/s', beside },
    { id: `${name}.plans`, what: '  plans compiled in', figure: plansMs, unit: 'ms' },
    {
      id: `${name}.looked`,
      what: '  rules looked at, an event',
      figure: looked,
      unit: '',
      beside: { what: 'rules', figure: rules },
    },
    { id: `${name}.matches`, what: '  matches in a thousand events', figure: matches, unit: '' },
    { id: `${name}.load`, what: '  rules read in', figure: loadMs, unit: 'ms' },
    { id: `${name}.peak`, what: '  peak of memory', figure: peakMb, unit: 'MB' },
  ]);
}

function scalingOf({ engines }: DetectFigures): Row[] {
  const all = engines.at(-1);
  if (!all) return [];
  const beside = { what: `with ${all.rules.toLocaleString('en-US')}`, figure: all.warm };
  return engines.slice(0, -1).map(({ rules, warm }) => ({
    id: `scaling.${rules}`,
    what: `with ${rules.toLocaleString('en-US')} rules`,
    figure: warm,
    unit: 'events/s',
    beside,
  }));
}

function workersOf([none, ...some]: WorkersFigures[]): Row[] {
  if (!none) return [];
  const beside = { what: 'without', figure: none.rate };
  return some.map(({ workers, rate }) => ({
    id: `workers.${workers}`,
    what: `with ${workers} ${workers === 1 ? 'thread' : 'threads'}, on the clock`,
    figure: rate,
    unit: 'events/s',
    beside,
  }));
}

await run();
