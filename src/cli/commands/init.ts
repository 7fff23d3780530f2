import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { YaguraError } from '../../domain/error.ts';
import type { CliCommand } from '../command.ts';

const starter = fileURLToPath(new URL('../../../examples/starter/', import.meta.url));

/** `yagura init DIR`: the starter of a config repository, on mode observe. */
export const command: CliCommand = {
  name: 'init',
  summary: 'write a config repository to begin with',
  usage: [
    'yagura init DIR',
    '',
    'Writes a small commented config repository into DIR, which may be new, empty or a checkout.',
    'Nothing is overwritten: when one of its files exists, nothing is written at all (exit code 2);',
    'only a README.md that is there already is left as it is.',
  ].join('\n'),
  async run(args, io) {
    const [dir, ...rest] = args;
    if (dir === undefined || rest.length > 0) {
      io.stderr.write('yagura init: name one folder, such as: yagura init soc-config\n');
      return 2;
    }
    const written = writeStarter(resolve(io.cwd, dir));
    for (const path of written) io.stdout.write(`${join(dir, path)}\n`);
    io.stdout.write(
      `Say who may do what in ${join(dir, 'policies/response.md')}, then run: npx --no yagura check ${dir}\n`,
    );
    return 0;
  },
};

/** Paths written, relative to the folder. Refuses before it writes anything. */
function writeStarter(folder: string): string[] {
  const paths = readdirSync(starter, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(starter, join(entry.parentPath, entry.name)))
    // A new repository on GitHub often has a README already, which is no policy.
    .filter((path) => path !== 'README.md' || !existsSync(join(folder, path)))
    .sort();
  const taken = paths.find((path) => existsSync(join(folder, path)));
  if (taken !== undefined) {
    throw new YaguraError('input', `${join(folder, taken)} is already there; nothing was written.`);
  }
  try {
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), readFileSync(join(starter, path)), { flag: 'wx' });
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('input', `The starter could not be written: ${reason}.`, { cause });
  }
  return paths;
}
