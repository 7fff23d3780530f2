import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import type { EventCondition, Pipeline, PipelineSource, Transformation } from './processing-pipeline.ts';
import type { Logsource } from './rule.ts';

const shipped = new URL('./pipelines/', import.meta.url);

/** The pipelines that come with the engine, in the order they are asked. */
export function loadPipelines(): Pipeline[] {
  return readdirSync(shipped)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .map((file) => readPipeline(load(readFileSync(new URL(file, shipped), 'utf8')), file))
    .sort((a, b) => a.priority - b.priority);
}

/** What is wrong with a pipeline's file, and where in it. */
class PipelineError extends Error {}

const keys = [
  'name',
  'priority',
  'recognize',
  'roots',
  'fields',
  'json',
  'pairs',
  'doubled',
  'time',
  'sources',
  'transformations',
];

/** Reads a pipeline as it stands in a file. Throws `PipelineError`. */
export function readPipeline(given: unknown, file: string): Pipeline {
  const pipeline = map(given, file);
  only(pipeline, keys, file);
  return {
    name: text(pipeline.name, `${file}: name`),
    priority: typeof pipeline.priority === 'number' ? pipeline.priority : 100,
    recognize: list(pipeline.recognize, `${file}: recognize`).map((one) => condition(one, `${file}: recognize`)),
    roots: pipeline.roots === undefined ? [''] : texts(pipeline.roots, `${file}: roots`),
    fields: listsOf(pipeline.fields, `${file}: fields`),
    json: texts(pipeline.json, `${file}: json`),
    pairs: Object.entries(listsOf(pipeline.pairs, `${file}: pairs`)).map(([path, [name = '', value = '']]) => ({
      path,
      name,
      value,
    })),
    doubled: texts(pipeline.doubled, `${file}: doubled`),
    time: texts(pipeline.time, `${file}: time`),
    sources: list(pipeline.sources, `${file}: sources`).map((one, k) => source(one, `${file}: sources[${k}]`)),
    transformations: transformations(pipeline.transformations, `${file}: transformations`),
  };
}

function source(given: unknown, at: string): PipelineSource {
  const one = map(given, at);
  only(one, ['logsource', 'when', 'transformations', 'constants'], at);
  return {
    logsource: logsource(one.logsource, at),
    when: condition(one.when, at),
    transformations: transformations(one.transformations, at),
    constants: Object.fromEntries(
      Object.entries(listsOf(one.constants, at)).map(([field, [value = '']]) => [field, value]),
    ),
  };
}

const shapes: Record<Transformation['type'], string[]> = {
  field_name_mapping: ['mapping'],
  field_name_prefix: ['prefix'],
  change_logsource: ['logsource'],
  add_condition: ['conditions'],
  hashes_fields: ['prefix', 'algorithms'],
  value_placeholders: ['values'],
};

function transformations(given: unknown, at: string): Transformation[] {
  return list(given, at).map((one) => transformation(map(one, at), at));
}

function transformation(one: Record<string, unknown>, at: string): Transformation {
  const type = one.type as Transformation['type'];
  if (!Object.hasOwn(shapes, type))
    throw new PipelineError(`${at}: "${type}" is none of ${Object.keys(shapes).join(', ')}.`);
  only(one, ['type', 'when', ...shapes[type]], at);
  const when = list(one.when, at).map((wanted) => logsource(wanted, at));
  switch (type) {
    case 'field_name_mapping':
      return { type, when, mapping: listsOf(one.mapping, at) };
    case 'field_name_prefix':
      return { type, when, prefix: text(one.prefix, at) };
    case 'change_logsource':
      return { type, when, logsource: logsource(one.logsource, at) };
    case 'add_condition':
      return { type, when, conditions: listsOf(one.conditions, at) };
    case 'hashes_fields':
      return { type, when, prefix: String(one.prefix ?? ''), algorithms: texts(one.algorithms, at) };
    case 'value_placeholders':
      return { type, when, values: listsOf(one.values, at) };
  }
}

function condition(given: unknown, at: string): EventCondition {
  return listsOf(given, at);
}

function logsource(given: unknown, at: string): Logsource {
  const one = map(given, at);
  only(one, ['category', 'product', 'service'], at);
  return one as Logsource;
}

function listsOf(given: unknown, at: string): Record<string, string[]> {
  const one = given === undefined || given === null ? {} : map(given, at);
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, texts(value, `${at}.${key}`)]));
}

function texts(given: unknown, at: string): string[] {
  return list(given, at).map((one) => text(one, at));
}

function list(given: unknown, _at: string): unknown[] {
  if (given === undefined || given === null) return [];
  return Array.isArray(given) ? given : [given];
}

function text(given: unknown, at: string): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number' || typeof given === 'boolean') return String(given);
  throw new PipelineError(`${at}: a text is expected.`);
}

function map(given: unknown, at: string): Record<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given as Record<string, unknown>;
  throw new PipelineError(`${at}: a map is expected.`);
}

function only(given: Record<string, unknown>, allowed: readonly string[], at: string): void {
  const strange = Object.keys(given).find((key) => !allowed.includes(key));
  if (strange !== undefined) throw new PipelineError(`${at}: "${strange}" is none of ${allowed.join(', ')}.`);
}
