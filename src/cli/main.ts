import { readdirSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sentenceOf, YaguraError } from '../domain/error.ts';
import { nearest } from '../domain/nearest.ts';
import type { CliCommand, CliIo } from './command.ts';
import { fitted } from './fitted.ts';

const FOLDER = new URL('./commands/', import.meta.url);

/** The names of all subcommands: the folder is the registry. */
export function commandNames(): string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

/** Loads one subcommand and checks that its file keeps the contract. */
export async function loadCommand(name: string): Promise<CliCommand> {
  const module: { command?: Partial<CliCommand> } = await import(new URL(`${name}.ts`, FOLDER).href);
  const { command } = module;
  if (command?.name !== name || !command.summary || !command.usage || !command.run) {
    throw new YaguraError('internal', `src/cli/commands/${name}.ts does not export a command named ${name}.`);
  }
  return command as CliCommand;
}

/** Runs `yagura <args>` and resolves to its exit code; everything a person reads goes through `io`. */
export async function main(args: string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  const names = commandNames();
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? io.stderr : io.stdout).write(await helpOf(names));
    return name === undefined ? 2 : 0;
  }
  if (!names.includes(name)) {
    const near = nearest(name, names);
    io.stderr.write(
      `yagura: no command "${name}"${near ? `, did you mean "yagura ${near}"?` : '.'} See yagura --help\n`,
    );
    return 2;
  }
  try {
    const command = await loadCommand(name);
    if (rest.includes('--help') || rest.includes('-h')) {
      io.stdout.write(fitted(`${command.usage}\n`, io.stdout));
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof YaguraError)) throw error;
    io.stderr.write(`yagura: ${sentenceOf(error)}\n`);
    return 2;
  }
}

async function helpOf(names: string[]): Promise<string> {
  const commands = await Promise.all(names.map(loadCommand));
  const width = Math.max(0, ...names.map((name) => name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return ['Usage: yagura <command> [options]', '', ...lines, '', 'yagura <command> --help tells more.', ''].join('\n');
}

/** A reader that went away (`yagura … | head`) ends the command quietly instead of with a stack. */
function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
}

const invoked = process.argv[1];
if (invoked !== undefined && realpathSync(invoked) === fileURLToPath(import.meta.url)) {
  process.stdout.on('error', endOnClosedPipe);
  process.stderr.on('error', endOnClosedPipe);
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await main(process.argv.slice(2), { stdin, stdout, stderr, env, cwd: process.cwd() });
}
