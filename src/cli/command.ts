import type { Readable, Writable } from 'node:stream';

/** What a subcommand may touch of the process that runs it. */
export interface CliIo {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
}

/**
 * One subcommand: a file `src/cli/commands/<name>.ts` that exports it as `command`.
 * Being in the folder makes it exist; `--help` is generated from these fields.
 */
export interface CliCommand {
  /** As typed, equal to the file's name. */
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Shown by `yagura <name> --help`; the first line is the form, e.g. `yagura backup FILE`. */
  usage: string;
  /** Resolves to the exit code: 0 done, 1 findings, 2 wrong use or unreadable input. */
  run(args: string[], io: CliIo): Promise<number>;
}
