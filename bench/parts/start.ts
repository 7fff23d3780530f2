import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Part, PartOptions } from '../part.ts';
import { freePort, until } from '../processes.ts';
import type { Row } from '../row.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** `npm start` in an empty data directory and again in the same one: seconds until a person sees something. */
export const start: Part = async (part) => {
  part.say('npm start, first');
  const first = await seen(part);
  part.say('npm start, again');
  const again = await seen(part);
  const row = (id: string, what: string, figure: number, goal: number): Row => ({
    id: `start.${id}`,
    what,
    figure,
    unit: 's',
    goal: { of: 'figure', at: 'most', value: goal },
  });
  return [
    row('first.issue', 'npm start to the first issue visible', first.issue, 10),
    row('first.report', 'npm start to the first investigation visible', first.report, 15),
    row('again.issue', 'the same start again, first issue visible', again.issue, 10),
    row('again.report', 'the same start again, first investigation visible', again.report, 15),
    row('again.ready', 'the same start again, ready for work', again.ready, 15),
  ];
};

/** Starts it, waits for everything in turn, and ends it as Ctrl-C does. Seconds since the start. */
async function seen(part: PartOptions): Promise<{ issue: number; report: number; ready: number }> {
  const [forgePort, port] = [await freePort(), await freePort()];
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, YAGURA_DATA_DIR: `${part.dir}/data` };
  const from = performance.now();
  const npm = spawn('npm', ['start'], {
    cwd: root,
    env: { ...env, PORT: String(port), YAGURA_FORGE_PORT: String(forgePort) },
    stdio: 'ignore',
    // A group of its own, so that the interrupt reaches all of it, as from a terminal.
    detached: true,
  });
  const ended = once(npm, 'exit');
  const end = async () => {
    if (npm.exitCode === null && npm.signalCode === null && npm.pid !== undefined) process.kill(-npm.pid, 'SIGINT');
    await ended;
  };
  part.onEnd(end);
  const since = async (isSo: () => Promise<boolean>) => {
    await until(npm, 60, isSo);
    return (performance.now() - from) / 1000;
  };
  const api = `http://127.0.0.1:${forgePort}/api/v3/repos/acme/soc/issues`;
  const issue = await since(() => holdsSomething(api));
  const report = await since(() => holdsSomething(`${api}/comments`));
  const ready = await since(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  await end();
  return { issue, report, ready };
}

async function holdsSomething(url: string): Promise<boolean> {
  const response = await fetch(url, { headers: { authorization: 'Bearer hana-token' } });
  return response.ok && ((await response.json()) as unknown[]).length > 0;
}
