import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleFile } from '../../detect/read-rules.ts';
import { YaguraError } from '../../domain/error.ts';

/** Every `.yml` and `.yaml` of the folders and files given, each once, named as they were given. Throws `YaguraError`. */
export function readRuleFiles(given: readonly string[]): RuleFile[] {
  const files = new Map<string, RuleFile>();
  for (const path of given) for (const file of below(path, true)) files.set(file.path, file);
  if (files.size === 0) throw new YaguraError('input', `There is no .yml in ${given.join(', ')}.`);
  return [...files.values()];
}

function* below(path: string, named: boolean): Generator<RuleFile> {
  try {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (!name.startsWith('.')) yield* below(join(path, name), false);
    } else if (named || /\.ya?ml$/.test(path)) yield { path, text: readFileSync(path, 'utf8') };
  } catch (cause) {
    if (cause instanceof YaguraError) throw cause;
    throw new YaguraError('input', `${path} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, {
      cause,
    });
  }
}
