import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

export interface CommandResult {
  /** Exit code; null when it was killed, or could not be started. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Administration tools lie outside most people's PATH. */
const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Full path of a program; undefined when it is not installed. */
export function findProgram(name: string, among: string[] = folders): string | undefined {
  return among.map((folder) => join(folder, name)).find(isExecutable);
}

/** Runs a program without a shell and with an empty environment; never throws, takes 15 seconds at most. */
export function runCommand(program: string, args: string[], input = ''): Promise<CommandResult> {
  return new Promise((resolve) => {
    const env = { PATH: folders.join(':'), LC_ALL: 'C' };
    const child = spawn(program, args, { env, cwd: '/', timeout: 15_000, killSignal: 'SIGKILL' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    // It may end before it has read everything; its exit code says what came of it.
    child.stdin.on('error', () => {});
    child.on('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    child.stdin.end(input);
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
