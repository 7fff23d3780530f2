import { parseArgs } from 'node:util';
import { YaguraError } from '../../domain/error.ts';

/** What `yagura detect` was asked for. */
export interface DetectOptions {
  rules: string[];
  files: string[];
  logsource?: { category?: string; product?: string; service?: string };
  placeholders?: string;
  listErrors: boolean;
  workers: number;
}

const most = 64;

/** Reads the arguments. Throws `YaguraError` in one sentence. */
export function readDetectOptions(args: string[]): DetectOptions {
  const { values, positionals } = parsed(args);
  const { rules = [], logsource, placeholders } = values;
  if (rules.length === 0) throw wrong('name the rules: --rules DIR, as often as you like');
  const workers = Number(values.workers ?? 0);
  if (!Number.isInteger(workers) || workers < 0 || workers > most) throw wrong(`--workers takes 0 to ${most}`);
  return {
    rules,
    files: positionals,
    listErrors: values['list-errors'] === true,
    workers,
    ...(logsource === undefined ? {} : { logsource: readLogsourceText(logsource) }),
    ...(placeholders === undefined ? {} : { placeholders }),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        rules: { type: 'string', multiple: true },
        logsource: { type: 'string' },
        placeholders: { type: 'string' },
        workers: { type: 'string' },
        'list-errors': { type: 'boolean' },
      },
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** `category=…,product=…,service=…`, any of them. */
export function readLogsourceText(text: string): NonNullable<DetectOptions['logsource']> {
  const logsource: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [, key, value] = /^\s*(category|product|service)\s*=\s*([^\s=]+)\s*$/.exec(part) ?? [];
    if (key === undefined || value === undefined)
      throw wrong('--logsource takes category=…,product=…,service=…, any of them');
    logsource[key] = value.toLowerCase();
  }
  return logsource;
}

function wrong(message: string): YaguraError {
  return new YaguraError('input', `yagura detect: ${message}.`);
}
