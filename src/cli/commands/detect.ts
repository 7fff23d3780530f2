import type { Readable, Writable } from 'node:stream';
import { Detector } from '../../detect/detector.ts';
import type { EngineSetup } from '../../detect/engine-pool.ts';
import { loadPipelines } from '../../detect/load-pipelines.ts';
import { readRules } from '../../detect/read-rules.ts';
import type { RuleSet } from '../../detect/rule.ts';
import { loadPlugins } from '../../plugins.ts';
import type { Source } from '../../sources/source.ts';
import type { CliCommand, CliIo } from '../command.ts';
import { DetectFiles } from '../detect/detect-files.ts';
import { explainCommand } from '../detect/explain-command.ts';
import type { EventRef } from '../detect/lines.ts';
import { NativeEvents } from '../detect/native-events.ts';
import { type DetectOptions, readDetectOptions } from '../detect/options.ts';
import { readPlaceholders } from '../detect/placeholders.ts';
import { readRuleFiles } from '../detect/rule-files.ts';
import { Threads } from '../detect/threads.ts';

export const command: CliCommand = {
  name: 'detect',
  summary: 'match native events of products against Sigma rules',
  usage: `yagura detect --rules DIR [--rules DIR] [--logsource category=…,product=…,service=…] [FILE...]
yagura detect --rules DIR --list-errors
yagura detect explain RULE EVENT [--event N] [--logsource …]

Reads events of files or standard input (NDJSON, arrays, objects one after the other, lines of logs that a source of
ours reads; gzip and zstd too) and writes one line a match: rule_id, title, author, level, tags, file, event (its place
in the file, from 0) and fields (what matched). A correlation has events instead, in the order they happened, whatever
order files and events are in; its line stands at the end (or earlier, where it counts more than 200,000 matches).

--rules DIR          folder or file of rules, as often as you like
--logsource …        what the events are, instead of recognizing them
--placeholders FILE  YAML: what the names between per cent signs of |expand stand for, each a list
--workers N          match NDJSON in so many threads beside the one that reads and writes; what is written stays the
                     same, only later: after blocks of a megabyte
--list-errors        one line a rule that does not work, instead of matching: file, line, rule_id, state (error, or off
                     when it waits for placeholders) and reason; exit code 1 when there is an error

explain shows what each part of a rule makes of one event of a file, the first or that of --event; exit code 1 when the
rule does not match.

Exit code 2 for an unreadable file or record. What kept a rule or an event from being looked at is told on standard
error.`,
  async run(args, io) {
    if (args[0] === 'explain') return explainCommand(args.slice(1), io);
    const options = readDetectOptions(args);
    const placeholders = options.placeholders === undefined ? undefined : readPlaceholders(options.placeholders);
    const setup: EngineSetup = {
      files: readRuleFiles(options.rules),
      ...(placeholders ? { placeholders } : {}),
      ...(options.logsource ? { logsource: options.logsource } : {}),
    };
    return options.listErrors ? listErrors(readRules(setup.files, setup), io) : await detect(setup, options, io);
  },
};

function listErrors(rules: RuleSet, { stdout, stderr }: CliIo): number {
  for (const { path, line, ruleId, state, reason } of rules.problems)
    stdout.write(`${JSON.stringify({ file: path, line, rule_id: ruleId, state, reason })}\n`);
  for (const { path, line, message } of rules.warnings) stderr.write(`${path}:${line}: ${message}\n`);
  return rules.problems.some(({ state }) => state === 'error') ? 1 : 0;
}

async function detect(setup: EngineSetup, options: DetectOptions, io: CliIo): Promise<number> {
  const pipelines = loadPipelines();
  // They read the rules while this thread does.
  const threads = options.workers > 0 ? new Threads(setup, options.workers, pipelines) : undefined;
  try {
    const rules = readRules(setup.files, setup);
    sayProblems(rules, io.stderr);
    const sources = await loadPlugins<Source>(new URL('../../sources/', import.meta.url), ['source']);
    const detector = new Detector<EventRef>(rules, pipelines);
    const ways = { logsource: setup.logsource, threads, stdout: io.stdout, stderr: io.stderr };
    const files = new DetectFiles(detector, new NativeEvents(sources.values()), ways);
    await lookAt(files, options.files.length > 0 ? options.files : ['-'], io.stdin);
    saySeen(files.seen, detector, io.stderr);
    return files.seen.wrong > 0 ? 2 : 0;
  } finally {
    await threads?.close();
  }
}

/** What correlations have counted is told also when a later file cannot be read. */
async function lookAt(files: DetectFiles, names: readonly string[], stdin: Readable): Promise<void> {
  try {
    for (const name of names) await files.run(name, stdin);
  } finally {
    await files.finish();
  }
}

function sayProblems(rules: RuleSet, stderr: Writable): void {
  const errors = rules.problems.filter(({ state }) => state === 'error').length;
  const off = rules.problems.length - errors;
  if (rules.problems.length > 0)
    stderr.write(`${errors} rules cannot be read, ${off} are switched off; --list-errors tells why.\n`);
  for (const { path, line, message } of rules.warnings) stderr.write(`${path}:${line}: ${message}\n`);
}

function saySeen(seen: { events: number; unknown: number }, { dropped }: Detector<EventRef>, stderr: Writable): void {
  if (seen.unknown > 0)
    stderr.write(
      `${seen.unknown} of ${seen.events} events are of no log source that is known, and no rule was asked about them; --logsource says what they are.\n`,
    );
  if (dropped.groups + dropped.events + dropped.late > 0)
    stderr.write(
      `Correlations forgot ${dropped.groups} groups and ${dropped.events} events to stay within memory, and left out ${dropped.late} that came too late.\n`,
    );
}
