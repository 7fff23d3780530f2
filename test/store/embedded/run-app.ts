import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EmbeddedConnection } from '../../../src/store/embedded/start.ts';

/** What the application of `app.ts` says. */
export interface AppLine {
  pid?: number;
  connection?: EmbeddedConnection;
  acknowledged?: number;
  error?: string;
}

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

/** Starts `app.ts` on a data directory; `prefix` runs it by another command, such as one that changes the user. */
export function runApp(dataDir: string, work: 'idle' | 'insert' = 'idle', prefix: readonly string[] = []): App {
  const path = fileURLToPath(new URL('./app.ts', import.meta.url));
  const [command = process.execPath, ...args] = [...prefix, process.execPath, path, dataDir, work];
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
