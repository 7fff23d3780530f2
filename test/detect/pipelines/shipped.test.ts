import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = new URL('../../../src/detect/pipelines/', import.meta.url);

interface Written {
  [key: string]: unknown;
  name: string;
  priority: number;
  recognize: Record<string, unknown>[];
  roots: string[];
  fields: Record<string, string[]>;
  time: string[];
  transformations?: Record<string, unknown>[];
  sources: {
    logsource: Record<string, string>;
    when: Record<string, unknown>;
    transformations?: Record<string, unknown>[];
  }[];
}

const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
const pipelines = files.map((file): [string, Written] => [file, parse(readFileSync(new URL(file, folder), 'utf8'))]);

const parametersOf: Record<string, string[]> = {
  field_name_mapping: ['mapping'],
  field_name_prefix: ['prefix'],
  change_logsource: ['logsource'],
  add_condition: ['conditions'],
  hashes_fields: ['prefix', 'algorithms'],
  value_placeholders: ['values'],
};

const transformationsOf = (pipeline: Written) => [
  ...(pipeline.transformations ?? []),
  ...pipeline.sources.flatMap((source) => source.transformations ?? []),
];

it('there are pipelines, and no two of them have the same name or stand in the same place', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(new Set(pipelines.map(([, { name }]) => name)).size).toBe(files.length);
  expect(new Set(pipelines.map(([, { priority }]) => priority)).size).toBe(files.length);
});

describe.each(pipelines)('%s', (file, pipeline) => {
  it('is named after its file and says what the format knows, no more', () => {
    expect(`${pipeline.name}.yml`).toBe(file);
    const known = [
      'name',
      'priority',
      'recognize',
      'roots',
      'fields',
      'json',
      'pairs',
      'doubled',
      'time',
      'transformations',
      'sources',
    ];
    expect(Object.keys(pipeline).filter((key) => !known.includes(key))).toEqual([]);
    for (const source of pipeline.sources) {
      expect(['logsource', 'when', 'constants', 'transformations']).toEqual(
        expect.arrayContaining(Object.keys(source)),
      );
      expect(['category', 'product', 'service']).toEqual(expect.arrayContaining(Object.keys(source.logsource)));
      expect(Object.keys(source.logsource)).not.toEqual([]);
    }
  });

  it('recognizes by more than the presence of one field', () => {
    expect(pipeline.recognize).not.toEqual([]);
    for (const entry of pipeline.recognize) {
      const values = Object.values(entry).flat();
      expect(values.length > 1 || values.some((value) => value !== '*'), JSON.stringify(entry)).toBe(true);
    }
  });

  it('looks for fields somewhere, and writes paths as text', () => {
    expect(pipeline.roots).not.toEqual([]);
    for (const paths of [pipeline.roots, pipeline.time, ...Object.values(pipeline.fields)]) {
      expect(paths).not.toEqual([]);
      expect(paths.every((path) => typeof path === 'string')).toBe(true);
    }
  });

  it('transforms only in the six ways there are, each with its own parameters', () => {
    for (const transformation of transformationsOf(pipeline)) {
      const { type, when: _when, ...parameters } = transformation;
      expect(Object.keys(parameters)).toEqual(parametersOf[String(type)]);
    }
  });

  it('tells its log sources apart by values', () => {
    for (const { when } of pipeline.sources)
      for (const value of Object.values(when).flat()) expect(['string', 'number']).toContain(typeof value);
    const said = pipeline.sources.map(({ logsource, when }) => JSON.stringify([logsource, when]));
    expect(new Set(said).size).toBe(said.length);
  });
});
