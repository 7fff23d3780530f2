import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { YaguraError } from '../domain/error.ts';

/** The folder of Yagura's own migrations. */
export const MIGRATIONS = fileURLToPath(new URL('./migrations/', import.meta.url));

/** One step of the schema, a file `NNNN-name.sql`. */
export interface Migration {
  /** From 1, without gaps. */
  number: number;
  name: string;
  file: string;
  sql: string;
  /** SHA-256 of the file's bytes, in hex. */
  hash: string;
}

/** Reads the migrations of a folder in order; throws when a name has another form, or a number is missing or twice. */
export function readMigrations(dir: string): Migration[] {
  const files = readdirSync(dir).filter((file) => file.endsWith('.sql'));
  const migrations = files.sort().map((file) => readMigration(dir, file));
  for (const [index, { number, file }] of migrations.entries()) {
    if (number === index + 1) continue;
    const what = number <= index ? `number ${number} is used twice` : `number ${index + 1} is missing`;
    throw new YaguraError('schema', `The migrations in ${dir} cannot be ordered: ${what} (at ${file}).`);
  }
  return migrations;
}

function readMigration(dir: string, file: string): Migration {
  const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
  if (digits === undefined || name === undefined) {
    throw new YaguraError('schema', `The migration ${join(dir, file)} is not named like 0001-what-it-does.sql.`);
  }
  const bytes = readFileSync(join(dir, file));
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { number: Number(digits), name, file, sql: bytes.toString('utf8'), hash };
}
