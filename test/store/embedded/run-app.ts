import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { RootMode } from '../../../src/store/embedded/server-user.ts';
import type { EmbeddedConnection } from '../../../src/store/embedded/start.ts';

/** What the application of `app.ts` says. */
export interface AppLine {
  pid?: number;
  connection?: EmbeddedConnection;
  acknowledged?: number;
  error?: string;
  progress?: string;
  visits?: number;
}

/** How to run `app.ts`. */
export interface AppOptions {
  work?: 'idle' | 'insert' | 'count';
  /** Runs it by another command, such as one that changes the user. */
  prefix?: readonly string[];
  /** The checkout it is taken from; this one by default. */
  checkout?: string;
  rootMode?: RootMode;
}

/** False where the kernel (or a container's rules) lets nobody make a user namespace. */
export const hasUserNamespaces = spawnSync('unshare', ['--user', '--map-user=65534', 'true']).status === 0;

/** True when `asOrdinaryUser` works here. */
export const canBeOrdinaryUser = process.getuid?.() !== 0 || hasUserNamespaces;

/**
 * A prefix under which a process of root's is an ordinary user who owns root's files: no right beyond their modes.
 * Empty when the tests run as an ordinary user already.
 */
export const asOrdinaryUser: readonly string[] =
  process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'] : [];

/** A running `app.ts`. */
export interface App {
  process: ChildProcess;
  /** Everything said so far. */
  lines: AppLine[];
  /** Resolves with the first line that satisfies the test; rejects when the process ends without one. */
  until(test: (line: AppLine) => boolean): Promise<AppLine>;
  kill(signal: NodeJS.Signals): Promise<void>;
}

const started = new Set<App>();

/** Stops what a failed test left running. */
export async function endApps(): Promise<void> {
  for (const app of started) await app.kill('SIGTERM');
  started.clear();
}

/** Starts `app.ts` on a data directory. */
export function runApp(dataDir: string, options: AppOptions = {}): App {
  const {
    work = 'idle',
    prefix = [],
    checkout = fileURLToPath(new URL('../../..', import.meta.url)),
    rootMode = '',
  } = options;
  const path = join(checkout, 'test', 'store', 'embedded', 'app.ts');
  const [command = process.execPath, ...args] = [...prefix, process.execPath, path, dataDir, work, rootMode];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: AppLine[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(JSON.parse(line)));
  const app: App = {
    process: child,
    lines,
    until: (test) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(test);
          if (found) resolve(found);
        };
        look();
        reader.on('line', look);
        reader.on('close', () => reject(new Error(`The application ended: ${JSON.stringify(lines.slice(-3))}`)));
      }),
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'close');
    },
  };
  started.add(app);
  return app;
}
