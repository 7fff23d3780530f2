import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FromAgent, ToAgent } from '../agent.ts';
import type { Environment } from '../environment.ts';
import type { Host } from '../investigate/agent/host.ts';
import type { Investigator, Order, Ran } from '../investigate/agent/order.ts';

/** All of our environment that the investigator gets: what it needs to reach its model. */
const passed = [
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'YAGURA_MODEL',
  'YAGURA_MODEL_PRICES',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_USE_ENV_PROXY',
  'NODE_EXTRA_CA_CERTS',
] as const;

/** All it may read, below the checkout: its code. Tokens and keys may lie there too, in the data directory. */
const readable = ['package.json', 'src/', 'node_modules/'] as const;

interface Run {
  host: Host;
  resolve(ran: Ran): void;
  reject(error: Error): void;
}

/**
 * The investigator in a process of its own, started when it is first needed and again when it died: a run it had is then
 * rejected, and resumed from its journal by whoever asked.
 */
export function investigatorProcess(env: Environment): Investigator {
  let child: ChildProcess | undefined;
  let stopped = false;
  const runs = new Map<string, Run>();
  let next = 0;

  function started(): ChildProcess {
    if (child) return child;
    const checkout = fileURLToPath(new URL('../../', import.meta.url));
    const made = fork(fileURLToPath(new URL('../agent.ts', import.meta.url)), {
      execArgv: ['--permission', ...readable.map((path) => `--allow-fs-read=${checkout}${path}`)],
      env: Object.fromEntries(passed.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
      cwd: checkout,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child = made;
    made.on('message', (message: FromAgent) => void heard(made, message));
    made.once('exit', (code, signal) => gone(made, `ended (${signal ?? `code ${code}`})`));
    made.on('error', (error) => gone(made, `cannot be reached (${error.message})`));
    return made;
  }

  function gone(which: ChildProcess, how: string): void {
    if (child === which) child = undefined;
    for (const [id, run] of runs) {
      runs.delete(id);
      run.reject(new Error(`the investigator's process ${how}`));
    }
  }

  async function heard(from: ChildProcess, message: FromAgent): Promise<void> {
    const run = runs.get(message.id);
    if (!run) return;
    if (message.did === 'call') {
      const { call, method, args } = message;
      try {
        const value = await (run.host[method] as (...given: unknown[]) => Promise<unknown>)(...args);
        tell(from, { do: 'answer', call, value: value ?? null });
      } catch (error) {
        // What goes wrong on this side ends the run here: the other side would take it for its model's fault.
        runs.delete(message.id);
        tell(from, { do: 'abort', id: message.id });
        tell(from, { do: 'fail', call, why: 'the journal is away' });
        run.reject(error instanceof Error ? error : new Error(String(error)));
      }
      return;
    }
    runs.delete(message.id);
    if (message.did === 'ran') run.resolve(message.ran as Ran);
    else run.reject(new Error(message.why));
  }

  function tell(to: ChildProcess, message: ToAgent): void {
    if (to.connected) to.send(message, () => undefined);
  }

  return {
    run(order: Order, host: Host, signal: AbortSignal) {
      if (stopped) return Promise.reject(new Error('the investigator is stopped'));
      const process = started();
      next += 1;
      const id = String(next);
      return new Promise<Ran>((resolve, reject) => {
        runs.set(id, { host, resolve, reject });
        signal.addEventListener('abort', () => tell(process, { do: 'abort', id }), { once: true });
        tell(process, { do: 'run', id, order });
      });
    },
    async stop() {
      stopped = true;
      const last = child;
      if (!last) return;
      const gone = once(last, 'exit');
      last.kill('SIGTERM');
      await gone;
    },
  };
}
