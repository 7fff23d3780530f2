import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** A `yagura` subcommand as a process of its own, without the launcher, so that a kill hits Yagura itself. */
export interface YaguraProcess {
  child: ChildProcess;
  /** Everything it said, on both streams. */
  lines: string[];
  /** First line of standard output; rejects when it ends without one. */
  first: Promise<string>;
  running(): boolean;
  /** Sends the signal and resolves when the process is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const started = new Set<YaguraProcess>();

/** Runs `yagura <args>` with nothing in its environment but what is given and what Node needs. */
export function runYagura(args: string[], env: Record<string, string>): YaguraProcess {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const out = createInterface({ input: child.stdout });
  out.on('line', (line) => lines.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  const first = new Promise<string>((resolve, reject) => {
    out.once('line', resolve);
    out.once('close', () => reject(new Error(`yagura ${args.join(' ')} ended:\n${lines.slice(-20).join('\n')}`)));
  });
  first.catch(() => undefined);
  const running = () => child.exitCode === null && child.signalCode === null;
  const one: YaguraProcess = {
    child,
    lines,
    first,
    running,
    async end(signal) {
      if (!running()) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
  started.add(one);
  return one;
}

/** Ends what a failed test left running; kill -9 follows when asking does not help. */
export async function endAll(): Promise<void> {
  await Promise.all(
    [...started].map(async (one) => {
      const timer = setTimeout(() => one.child.kill('SIGKILL'), 15_000);
      await one.end('SIGTERM');
      clearTimeout(timer);
    }),
  );
  started.clear();
}
