import { parseArgs } from 'node:util';
import { explain } from '../../detect/explain.ts';
import { loadPipelines } from '../../detect/load-pipelines.ts';
import { readRules } from '../../detect/read-rules.ts';
import { Recognizer } from '../../detect/recognize.ts';
import type { NativeEvent } from '../../detect/rule.ts';
import { YaguraError } from '../../domain/error.ts';
import { loadPlugins } from '../../plugins.ts';
import type { Source } from '../../sources/source.ts';
import type { CliIo } from '../command.ts';
import { NativeEvents, type ReadEvent } from './native-events.ts';
import { readLogsourceText } from './options.ts';
import { type FileRecord, readRecords } from './read-records.ts';
import { renderExplanation } from './render-explanation.ts';
import { readRuleFiles } from './rule-files.ts';

/**
 * `yagura detect explain RULE EVENT [--event N] [--logsource …]`: exit code 0 when every rule of the file matches, 1 when
 * not. Throws `YaguraError` for wrong use.
 */
export async function explainCommand(args: string[], { stdin, stdout, stderr }: CliIo): Promise<number> {
  const { rulePath, eventPath, place, logsource } = readOptions(args);
  const set = readRules(readRuleFiles([rulePath]));
  for (const { path, line, reason } of set.problems) stderr.write(`${path}:${line}: ${reason}\n`);
  const pipelines = loadPipelines();
  const sources = await loadPlugins<Source>(new URL('../../sources/', import.meta.url), ['source']);
  const events = new NativeEvents(sources.values());
  const recognizer = new Recognizer(pipelines);
  const eventsOf = (record: FileRecord): ReadEvent[] => {
    const event = 'value' in record ? (record.value as NativeEvent) : undefined;
    return event && (logsource || recognizer.recognize(event)) ? [{ event }] : events.of(record);
  };
  let before = 0;
  for await (const group of readRecords(eventPath, stdin)) {
    const events = [...group].flatMap((record) => eventsOf(record));
    const first = events[place - before];
    before += events.length;
    if (!first) continue;
    const explained = set.rules.map((rule) => ({
      rule,
      explanation: explain(rule, first.event, pipelines, logsource ?? first.logsource),
    }));
    stdout.write(explained.map(({ rule, explanation }) => renderExplanation(rule, explanation)).join('\n'));
    return explained.length > 0 && explained.every(({ explanation }) => explanation.matches) ? 0 : 1;
  }
  stderr.write(`yagura detect explain: ${eventPath} holds no event ${place}.\n`);
  return 2;
}

function readOptions(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    strict: false,
    options: { event: { type: 'string' }, logsource: { type: 'string' } },
  });
  const [rulePath, eventPath, ...rest] = positionals;
  const place = Number(values.event ?? 0);
  const known = Object.keys(values).every((name) => name === 'event' || name === 'logsource');
  if (rulePath === undefined || eventPath === undefined || rest.length > 0 || !known || !Number.isInteger(place))
    throw new YaguraError(
      'input',
      'yagura detect explain: name a rule and a file of events: explain RULE EVENT [--event N] [--logsource …].',
    );
  const { logsource } = values;
  return {
    rulePath,
    eventPath,
    place,
    logsource: typeof logsource === 'string' ? readLogsourceText(logsource) : undefined,
  };
}
