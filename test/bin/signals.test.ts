import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scratch } from '../scratch.ts';
import { fakeCheckout } from './fake-checkout.ts';

let dir: string;
let launched: ChildProcess | undefined;
let program: number | undefined;

beforeEach(() => {
  dir = scratch('signals');
});

afterEach(() => {
  for (const pid of [launched?.pid, program]) {
    try {
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
    } catch {
      // Ended as it should.
    }
  }
  rmSync(dir, { recursive: true, force: true });
});

/** Launches a program as leader of its own group; `heard` resolves with each line it says. */
async function launch(main: string): Promise<{ launcher: ChildProcess; heard: AsyncIterator<string> }> {
  const path = fakeCheckout(dir, main);
  const launcher = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  launched = launcher;
  const heard = createInterface({ input: launcher.stdout })[Symbol.asyncIterator]();
  program = Number((await heard.next()).value);
  return { launcher, heard };
}

/** Says its number, then every signal and the loss of its launcher; ends by itself 1.2 s after the first of them. */
const LISTENER = `
  import { onParentGone } from './parent-watch.ts';
  const hear = (what: string) => {
    process.stdout.write(what + '\\n');
    setTimeout(() => process.exit(5), 1200);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => hear(signal));
  onParentGone(() => hear('alone'));
  setInterval(() => undefined, 1000);
  console.log(process.pid);`;

/** Handles nothing. */
const DEAF = 'setInterval(() => undefined, 1000); console.log(process.pid);';

async function all(heard: AsyncIterator<string>): Promise<string[]> {
  const lines: string[] = [];
  for (let line = await heard.next(); !line.done; line = await heard.next()) lines.push(line.value);
  return lines;
}

describe('the launcher', () => {
  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'passes on a %s that only it received, once, and waits for the end',
    async (signal) => {
      const { launcher, heard } = await launch(LISTENER);
      launcher.kill(signal);
      const [exit] = await Promise.all([
        once(launcher, 'exit'),
        all(heard).then((lines) => expect(lines).toEqual([signal])),
      ]);
      expect(exit).toEqual([5, null]);
    },
  );

  it('does not pass on the SIGINT of a terminal, which the program gets itself, nor die of it first', async () => {
    const { launcher, heard } = await launch(LISTENER);
    process.kill(-(launcher.pid ?? 0), 'SIGINT');
    const [exit] = await Promise.all([
      once(launcher, 'exit'),
      all(heard).then((lines) => expect(lines).toEqual(['SIGINT'])),
    ]);
    expect(exit).toEqual([5, null]);
  });

  it('ends by SIGINT when a program that does not handle it does', async () => {
    const { launcher } = await launch(DEAF);
    launcher.kill('SIGINT');
    expect(await once(launcher, 'exit')).toEqual([null, 'SIGINT']);
  });

  it('is missed by its program after kill -9', async () => {
    const { launcher, heard } = await launch(LISTENER);
    launcher.kill('SIGKILL');
    expect(await all(heard)).toEqual(['alone']);
  });
});
