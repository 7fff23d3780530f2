import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where a set of others' attack texts may lie beside the checkout, or beside the folder of its worktrees. */
const beside = ['..', '../..'].map((up) =>
  join(import.meta.dirname, '../..', up, 'shared/data/prompt-injection/payloads.ndjson.gz'),
);

/** Attack texts that others published, when they lie beside the checkout; undefined when they do not. */
export function sharedPayloads(): string[] | undefined {
  const path = beside.find((one) => existsSync(one));
  if (path === undefined) return undefined;
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}
