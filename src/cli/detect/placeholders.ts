import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { YaguraError } from '../../domain/error.ts';

/** Reads `name: [values]` of a YAML file. Throws `YaguraError`. */
export function readPlaceholders(file: string): Map<string, string[]> {
  let given: unknown;
  try {
    given = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new YaguraError('input', `${file} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, {
      cause,
    });
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new YaguraError('input', `${file} is no map of names to lists of values.`);
  return new Map(
    Object.entries(given).map(([name, values]: [string, unknown]) => [
      name,
      (Array.isArray(values) ? values : [values]).map(String),
    ]),
  );
}
