import { explain } from '../../detect/explain.ts';
import { loadPipelines } from '../../detect/load-pipelines.ts';
import { readRules } from '../../detect/read-rules.ts';
import { Recognizer } from '../../detect/recognize.ts';
import type { NativeEvent } from '../../detect/rule.ts';
import { loadPlugins } from '../../plugins.ts';
import type { Source } from '../../sources/source.ts';
import type { CliIo } from '../command.ts';
import { NativeEvents, type ReadEvent } from './native-events.ts';
import { readLogsourceText } from './options.ts';
import { type FileRecord, readRecords } from './read-records.ts';
import { renderExplanation } from './render-explanation.ts';
import { readRuleFiles } from './rule-files.ts';

/** `yagura detect explain RULE EVENT [--logsource …]`: 0 when every rule of the file matches, 1 when not, 2 for wrong use. */
export async function explainCommand(args: string[], { stdin, stdout, stderr }: CliIo): Promise<number> {
  const [rulePath, eventPath, option, text, ...rest] = args;
  if (
    rulePath === undefined ||
    eventPath === undefined ||
    rest.length > 0 ||
    (option ?? '--logsource') !== '--logsource'
  ) {
    stderr.write('yagura detect explain: name a rule and an event: explain RULE EVENT [--logsource …]\n');
    return 2;
  }
  const logsource = text === undefined ? undefined : readLogsourceText(text);
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
  for await (const group of readRecords(eventPath, stdin)) {
    const [first] = group.flatMap((record) => eventsOf(record));
    if (!first) continue;
    const explained = set.rules.map((rule) => ({
      rule,
      explanation: explain(rule, first.event, pipelines, logsource ?? first.logsource),
    }));
    stdout.write(explained.map(({ rule, explanation }) => renderExplanation(rule, explanation)).join('\n'));
    return explained.length > 0 && explained.every(({ explanation }) => explanation.matches) ? 0 : 1;
  }
  stderr.write(`yagura detect explain: ${eventPath} holds no event.\n`);
  return 2;
}
