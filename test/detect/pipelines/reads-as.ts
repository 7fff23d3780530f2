import { expect, it } from 'vitest';
import { Engine } from '../../../src/detect/engine.ts';
import { loadPipelines } from '../../../src/detect/load-pipelines.ts';
import { readRules } from '../../../src/detect/read-rules.ts';
import { Recognizer } from '../../../src/detect/recognize.ts';
import type { Logsource, NativeEvent } from '../../../src/detect/rule.ts';

/** An event, what it is, and what a rule for that log source reads in it. */
export interface Row {
  says: string;
  event: NativeEvent;
  pipeline: string;
  of: Logsource;
  fields: Record<string, string | number>;
  /** Pipelines that would know it too, were they asked first. */
  also?: string[];
}

const pipelines = loadPipelines();
const recognizer = new Recognizer(pipelines);
const alone = pipelines.map((pipeline) => ({ name: pipeline.name, recognizer: new Recognizer([pipeline]) }));

const matches = (logsource: Logsource, fields: Row['fields'], event: NativeEvent): boolean => {
  const rule = { title: 'A row', logsource, detection: { selection: fields, condition: 'selection' } };
  const { rules, problems } = readRules([{ path: 'row.yml', text: JSON.stringify(rule) }]);
  expect(problems).toEqual([]);
  return new Engine(rules, pipelines).match(event).length > 0;
};

/** Each row is a test: no other pipeline knows the event, it is of the log source, each field holds its value and no other. */
export function readsAs(rows: readonly Row[]): void {
  it.each(rows)('$says', ({ event, pipeline, of, fields, also = [] }) => {
    const recognized = recognizer.recognize(event);
    const knowing = alone.filter((one) => one.recognizer.recognize(event)).map(({ name }) => name);
    expect(knowing).toEqual([pipeline, ...also]);
    expect(recognized?.sources.map(({ logsource }) => logsource)).toContainEqual(of);
    for (const [field, value] of Object.entries(fields)) {
      expect(matches(of, { [field]: value }, event), `${field} is ${value}`).toBe(true);
      expect(matches(of, { [field]: `${value} and more` }, event), `${field} is ${value} only`).toBe(false);
    }
  });
}

/** The log sources of an event, as `product/category/service`. */
export function logsourcesOf(event: NativeEvent): string[] {
  const recognized = recognizer.recognize(event);
  const named = recognized?.sources.map(({ logsource: { product, category, service } }) =>
    [product, category, service].filter((part) => part !== undefined).join('/'),
  );
  return [...new Set(named)];
}
