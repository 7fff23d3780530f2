import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { YaguraError } from '../../domain/error.ts';
import type { Sql } from '../../ports/store.ts';
import { quietVerdicts } from '../../publish/needs-human.ts';
import { trialIncidents } from '../../store/trial.ts';
import type { CliCommand, CliIo } from '../command.ts';
import { fitted } from '../fitted.ts';
import { knownPlugins } from '../known-plugins.ts';
import { matchDecisions } from '../trial/match-decisions.ts';
import { newestPolicy, policiesOf } from '../trial/policies.ts';
import { readDecisions, readTime } from '../trial/read-decisions.ts';
import { renderTrial } from '../trial/render-trial.ts';
import { type TrialReport, trialReport } from '../trial/trial-report.ts';
import { withDatabase } from '../with-database.ts';

/** Bytes of a file of decisions. */
const fileLimit = 50_000_000;
/** How far a row's time may be from its alert, in milliseconds, where only title and time are known. */
const windowMs = 10 * 60_000;

export const command: CliCommand = {
  name: 'trial',
  summary: 'set what Yagura says beside what people decided, misses first',
  usage: `yagura trial --since DATE [--csv FILE] [--json]

Compares verdicts, severities, groups, whom Yagura would have told and what it proposed with what people decided since DATE
(2026-03-02, or 2026-03-02 09:00, in the time zone of the policy): by commands in the issues, and by the rows of FILE, with
the columns time, id, title, severity, verdict, who and group. See docs/trial.md. Changes nothing.
The database is DATABASE_URL, else the embedded one in YAGURA_DATA_DIR (default .yagura).
Exit code 1 when something was missed, 0 when nothing was, 2 when the options or the file cannot be read.`,
  async run(args, io) {
    const options = readOptions(args);
    if (typeof options === 'string') {
      io.stderr.write(`yagura trial: ${options}\n`);
      return 2;
    }
    const report = await withDatabase(io, { mustExist: true }, async (connection) => {
      const client = new Client(connection);
      client.on('error', () => undefined);
      await client.connect();
      try {
        // One moment of the database, which nothing here may change.
        await client.query('begin transaction isolation level repeatable read, read only');
        const sql: Sql = {
          query: async (text, values) => {
            const { rows, rowCount } = await client.query(text, values);
            return { rows, rowCount: rowCount ?? 0 };
          },
        };
        return await examine(sql, options, io);
      } finally {
        await client.end();
      }
    });
    if (report === undefined) {
      io.stderr.write('yagura trial: --since takes a day such as 2026-03-02, or a time such as "2026-03-02 09:00"\n');
      return 2;
    }
    io.stdout.write(`${options.json ? JSON.stringify(report, null, 2) : fitted(renderTrial(report), io.stdout)}\n`);
    return report.absent.length + report.misses.length > 0 ? 1 : 0;
  },
};

interface Options {
  since: string;
  csv?: string;
  json: boolean;
}

function readOptions(args: readonly string[]): Options | string {
  const options: Options = { since: '', json: false };
  for (let k = 0; k < args.length; k += 1) {
    const [name, value] = [args[k], args[k + 1]];
    if (name === '--json') {
      options.json = true;
      continue;
    }
    if ((name !== '--since' && name !== '--csv') || value === undefined)
      return `${name ?? ''} is not understood; the form is: yagura trial --since DATE [--csv FILE] [--json]`;
    options[name === '--since' ? 'since' : 'csv'] = value;
    k += 1;
  }
  return options.since === '' ? 'since when? --since 2026-03-02' : options;
}

async function examine(sql: Sql, options: Options, io: CliIo): Promise<TrialReport | undefined> {
  const shelf = { sql, known: await knownPlugins(), warn: (line: string) => void io.stderr.write(`${line}\n`) };
  const newest = await newestPolicy(shelf);
  const since = readTime(options.since, newest.timeZone);
  if (since === 'unknown') return undefined;
  const { rows, unreadable, ignored } =
    options.csv === undefined
      ? { rows: [], unreadable: [], ignored: [] }
      : readDecisions(readText(resolve(io.cwd, options.csv)), newest.timeZone);
  const earlier = rows.filter(({ time }) => time !== undefined && time < since);
  const during = rows.filter(({ time }) => time === undefined || time >= since);
  const none = { matched: [], unmatched: [], before: [] };
  const found = during.length === 0 ? none : await matchDecisions(sql, during, { since, windowMs });
  const given = { ...found, unreadable, before: [...earlier, ...found.before], ignored };
  const incidents = await trialIncidents(sql, { since, quiet: quietVerdicts });
  const commits = incidents.map(({ policyCommit }) => policyCommit);
  return trialReport(incidents, given, { policies: await policiesOf(shelf, newest, commits), since });
}

function readText(file: string): string {
  try {
    if (statSync(file).size > fileLimit) throw new Error(`it is larger than ${fileLimit} bytes`);
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const why = cause instanceof TypeError ? 'it is not UTF-8' : cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('input', `${file} cannot be read: ${why}.`, { cause });
  }
}
