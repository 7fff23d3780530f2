import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadCases } from '../bench/eval/case.ts';
import { evalPostgres } from '../bench/eval/eval-postgres.ts';
import { evaluate } from '../bench/eval/evaluate.ts';
import { evaluationTables } from '../bench/eval/evaluation-tables.ts';
import { investigators } from '../bench/eval/investigators.ts';
import { cassette } from '../src/model/cassette.ts';
import { replacePart } from './docs/replace-part.ts';

const page = new URL('../docs/evaluation.md', import.meta.url);

/** `npm run eval:investigate -- [--only <incident>] [--dry] [--record <file>|--replay <file>]`; see docs/evaluation.md. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      dry: { type: 'boolean', default: false },
      record: { type: 'string' },
      replay: { type: 'string' },
    },
  });
  const tape = values.replay
    ? cassette(values.replay, 'replay')
    : values.record
      ? cassette(values.record, 'record')
      : undefined;
  const cases = loadCases().filter(({ name }) => values.only === undefined || name === values.only);
  if (cases.length === 0) {
    console.error(`eval:investigate: there is no incident "${values.only}" in test/incidents.`);
    process.exitCode = 2;
    return;
  }
  await using postgres = await evalPostgres();
  const scored = await evaluate(cases, investigators(process.env, tape), postgres.fresh);
  let text = readFileSync(page, 'utf8');
  for (const [name, rows] of scored) {
    const tables = evaluationTables(rows);
    console.log(`\n${name}\n\n${tables}`);
    for (const row of rows)
      for (const fault of [
        ...row.with.unsupported,
        ...row.with.forbidden,
        ...row.without.unsupported,
        ...row.without.forbidden,
      ])
        console.error(`${name}: ${row.name}: ${fault}`);
    text = replacePart(text, `eval:${name}`, tables);
    if (rows.some(({ with: a, without: b }) => [a, b].some((s) => s.unsupported.length + s.forbidden.length > 0)))
      process.exitCode = 1;
  }
  if (!values.dry && values.only === undefined) writeFileSync(page, text);
}

await run();
